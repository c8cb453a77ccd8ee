package io.aitbc.openclaw.engine.model;

import io.aitbc.openclaw.engine.gguf.GgufMetadata;

/**
 * The hyperparameters of a llama model.
 *
 * @param layers number of transformer blocks
 * @param width of the hidden state
 * @param hidden width of the feed-forward part
 * @param heads of the queries
 * @param kvHeads of keys and values; several query heads share one
 * @param headSize width of a head
 * @param contextLength longest context it was trained for, tokens
 * @param vocabulary number of tokens
 * @param epsilon of the root-mean-square norm
 * @param ropeSize how much of a head is rotated
 * @param ropeBase base of the rotation frequencies
 * @param ropeScale divides positions before they are rotated
 */
public record LlamaShape(
        int layers,
        int width,
        int hidden,
        int heads,
        int kvHeads,
        int headSize,
        int contextLength,
        int vocabulary,
        float epsilon,
        int ropeSize,
        double ropeBase,
        double ropeScale) {
    private static final int MAX_WIDTH = 1 << 20;

    /** Reads and checks the hyperparameters. */
    public static LlamaShape of(GgufMetadata metadata) {
        String architecture = metadata.requiredText("general.architecture");
        if (!architecture.equals("llama")) {
            throw metadata.problem(
                    "general.architecture", "'%s' is not supported, only llama is".formatted(architecture));
        }
        int width = metadata.requiredInteger("llama.embedding_length", 1, MAX_WIDTH);
        int heads = metadata.requiredInteger("llama.attention.head_count", 1, width);
        int kvHeads =
                metadata.integer("llama.attention.head_count_kv", 1, heads).orElse(heads);
        if (heads % kvHeads != 0) {
            throw metadata.problem(
                    "llama.attention.head_count_kv", "%d does not divide the %d heads".formatted(kvHeads, heads));
        }
        int headSize = headSize(metadata, width, heads);
        int ropeSize =
                metadata.integer("llama.rope.dimension_count", 2, headSize).orElse(headSize);
        if (ropeSize % 2 != 0) {
            throw metadata.problem("llama.rope.dimension_count", "%d is odd".formatted(ropeSize));
        }
        return new LlamaShape(
                metadata.requiredInteger("llama.block_count", 1, 1024),
                width,
                metadata.requiredInteger("llama.feed_forward_length", 1, MAX_WIDTH),
                heads,
                kvHeads,
                headSize,
                metadata.requiredInteger("llama.context_length", 1, 1 << 24),
                metadata.texts("tokenizer.ggml.tokens").size(),
                (float) positive(metadata, "llama.attention.layer_norm_rms_epsilon", 1e-5),
                ropeSize,
                positive(metadata, "llama.rope.freq_base", 10_000),
                ropeScale(metadata));
    }

    /** Width of all keys, or all values, of a layer. */
    public int kvWidth() {
        return kvHeads * headSize;
    }

    private static int headSize(GgufMetadata metadata, int width, int heads) {
        int size = metadata.integer("llama.attention.key_length", 2, MAX_WIDTH).orElse(width / heads);
        int values =
                metadata.integer("llama.attention.value_length", 2, MAX_WIDTH).orElse(size);
        if (values != size) {
            throw metadata.problem("llama.attention.value_length", "differs from the key length");
        }
        if (size % 2 != 0 || (!metadata.has("llama.attention.key_length") && width % heads != 0)) {
            throw metadata.problem(
                    "llama.attention.head_count", "%d heads do not divide a width of %d".formatted(heads, width));
        }
        return size;
    }

    private static double ropeScale(GgufMetadata metadata) {
        String kind = metadata.text("llama.rope.scaling.type").orElse("none");
        return switch (kind) {
            case "none" -> 1;
            case "linear" -> positive(metadata, "llama.rope.scaling.factor", 1);
            default ->
                throw metadata.problem(
                        "llama.rope.scaling.type", "'%s' is not supported; none and linear are".formatted(kind));
        };
    }

    private static double positive(GgufMetadata metadata, String key, double fallback) {
        double value = metadata.real(key).orElse(fallback);
        if (!(value > 0) || Double.isInfinite(value)) {
            throw metadata.problem(key, "%s is not a positive number".formatted(value));
        }
        return value;
    }
}
