package io.aitbc.openclaw.engine.model;

import io.aitbc.openclaw.engine.gguf.GgufFile;
import io.aitbc.openclaw.engine.gguf.TensorInfo;
import io.aitbc.openclaw.engine.gguf.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tensors of a llama model.
 *
 * @param embedding as it lies in the file: only single rows of it are read
 * @param output multiplies the last hidden state to logits; the embedding itself where the file has no other
 */
record LlamaWeights(
        WeightRows embedding,
        List<Layer> layers,
        float[] outputNorm,
        Matrix output,
        float[] ropeFactors,
        long heapBytes) {

    record Layer(
            float[] attentionNorm,
            Matrix query,
            Matrix key,
            Matrix value,
            Matrix attentionOutput,
            float[] feedForwardNorm,
            Matrix gate,
            Matrix up,
            Matrix down) {}

    static LlamaWeights read(GgufFile file, LlamaShape shape, Arithmetic arithmetic, long heapLimit) {
        return new Reader(file, shape, arithmetic, heapLimit).read();
    }

    /** Checks name, shape and type of every tensor; a tensor nobody asks for would change the answers and is refused. */
    private static final class Reader {
        private final GgufFile file;
        private final LlamaShape shape;
        private final Arithmetic arithmetic;
        private final boolean onHeap;
        private final Set<String> used = new HashSet<>();
        private long heapBytes;

        Reader(GgufFile file, LlamaShape shape, Arithmetic arithmetic, long heapLimit) {
            this.file = file;
            this.shape = shape;
            this.arithmetic = arithmetic;
            long all = file.header().tensors().stream()
                    .mapToLong(TensorInfo::elements)
                    .sum();
            onHeap = all * Float.BYTES <= heapLimit;
        }

        LlamaWeights read() {
            int width = shape.width();
            WeightRows embedding = rows("token_embd.weight", shape.vocabulary(), width);
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < shape.layers(); i++) {
                layers.add(layer("blk." + i + "."));
            }
            float[] outputNorm = vector("output_norm.weight", width);
            Matrix output = file.header().tensor("output.weight").isPresent()
                    ? matrix("output.weight", shape.vocabulary(), width)
                    : arrange(embedding);
            float[] factors = file.header().tensor("rope_freqs.weight").isPresent()
                    ? vector("rope_freqs.weight", shape.ropeSize() / 2)
                    : new float[0];
            refuseUnused();
            return new LlamaWeights(embedding, layers, outputNorm, output, factors, heapBytes);
        }

        private Layer layer(String prefix) {
            int width = shape.width();
            int queries = shape.heads() * shape.headSize();
            return new Layer(
                    vector(prefix + "attn_norm.weight", width),
                    matrix(prefix + "attn_q.weight", queries, width),
                    matrix(prefix + "attn_k.weight", shape.kvWidth(), width),
                    matrix(prefix + "attn_v.weight", shape.kvWidth(), width),
                    matrix(prefix + "attn_output.weight", width, queries),
                    vector(prefix + "ffn_norm.weight", width),
                    matrix(prefix + "ffn_gate.weight", shape.hidden(), width),
                    matrix(prefix + "ffn_up.weight", shape.hidden(), width),
                    matrix(prefix + "ffn_down.weight", width, shape.hidden()));
        }

        private Matrix matrix(String name, int rows, int columns) {
            return arrange(rows(name, rows, columns));
        }

        private Matrix arrange(WeightRows weights) {
            if (!onHeap) {
                return arithmetic.mapped(weights);
            }
            heapBytes += arithmetic.packedBytes(weights);
            return arithmetic.pack(weights);
        }

        private WeightRows rows(String name, int rows, int columns) {
            TensorInfo tensor = tensor(name, List.of((long) columns, (long) rows));
            return new WeightRows(tensor.type(), rows, columns, file.data(tensor));
        }

        private float[] vector(String name, int length) {
            TensorInfo tensor = tensor(name, List.of((long) length));
            if (tensor.type() == TensorType.Q8_0) {
                throw problem(name, "must not be quantized");
            }
            float[] values = new float[length];
            new WeightRows(tensor.type(), 1, length, file.data(tensor)).row(0, values);
            heapBytes += (long) length * Float.BYTES;
            return values;
        }

        private TensorInfo tensor(String name, List<Long> wanted) {
            used.add(name);
            TensorInfo tensor = file.header().tensor(name).orElseThrow(() -> problem(name, "is missing"));
            if (!tensor.shape().equals(wanted)) {
                throw problem(name, "has shape %s instead of %s".formatted(tensor.shape(), wanted));
            }
            return tensor;
        }

        private void refuseUnused() {
            for (TensorInfo tensor : file.header().tensors()) {
                if (!used.contains(tensor.name())) {
                    throw problem(tensor.name(), "is not part of a plain llama model");
                }
            }
        }

        private RuntimeException problem(String tensor, String problem) {
            return file.header().metadata().problem("tensor " + tensor, problem);
        }
    }
}
