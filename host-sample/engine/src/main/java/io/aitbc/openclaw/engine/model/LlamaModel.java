package io.aitbc.openclaw.engine.model;

import io.aitbc.openclaw.engine.gguf.GgufFile;
import io.aitbc.openclaw.engine.gguf.GgufHeader;

/** A llama model in memory. Any number of {@link TokenSequence}s use its weights at the same time. */
public final class LlamaModel implements AutoCloseable {
    private final GgufFile file;
    private final LlamaShape shape;
    private final Arithmetic arithmetic;
    private final LlamaWeights weights;

    private LlamaModel(GgufFile file, LlamaShape shape, Arithmetic arithmetic, LlamaWeights weights) {
        this.file = file;
        this.shape = shape;
        this.arithmetic = arithmetic;
        this.weights = weights;
    }

    /**
     * Loads the weights of a file and owns the file from then on.
     *
     * @param heapLimit most bytes of heap to copy weights to for speed; larger models are computed from the mapped file
     */
    public static LlamaModel load(GgufFile file, ArithmeticKind kind, long heapLimit) {
        try {
            LlamaShape shape = LlamaShape.of(file.header().metadata());
            Arithmetic arithmetic = kind.create();
            return new LlamaModel(file, shape, arithmetic, LlamaWeights.read(file, shape, arithmetic, heapLimit));
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    public GgufHeader header() {
        return file.header();
    }

    public LlamaShape shape() {
        return shape;
    }

    /** {@code scalar} or {@code vector}. */
    public String arithmetic() {
        return arithmetic.name();
    }

    /** Mapped file and heap copies together. */
    public long weightBytes() {
        return file.bytes() + weights.heapBytes();
    }

    /** @param contextLength most tokens the sequence may hold */
    public TokenSequence sequence(int contextLength) {
        return new TokenSequence(shape, weights, arithmetic, contextLength);
    }

    /** Unmaps the file. No sequence may be evaluating. */
    @Override
    public void close() {
        file.close();
    }
}
