package io.aitbc.openclaw.engine.ollama;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory a model needs at a context length: weights, key-value cache in 16 bits, compute buffers. What Ollama reported for
 * the same model and context before goes first.
 *
 * <p>An upper bound where metadata is scarce: sliding windows and recurrent layers need less than counted here.
 */
final class MemoryEstimator {
    private static final int BATCH = 512;
    private static final long BYTES_PER_ELEMENT = 2;
    /** Buffers of real models come in large blocks; of tiny ones they are about as large as the model. */
    private static final long COMPUTE_FLOOR = 300L << 20;

    private record Key(String digest, int context) {}

    private final Map<Key, Long> reported = new ConcurrentHashMap<>();

    void learn(List<Residence.Row> rows) {
        for (Residence.Row row : rows) {
            if (row.size() > 0 && row.contextLength() > 0) {
                reported.put(new Key(row.digest(), row.contextLength()), row.size());
            }
        }
    }

    /**
     * Bytes needed; empty when the model's metadata does not say enough.
     *
     * @param context tokens, as the model would be loaded with
     */
    OptionalLong need(String digest, long sizeBytes, ModelCard card, int context) {
        Long known = reported.get(new Key(digest, context));
        if (known != null) {
            return OptionalLong.of(known);
        }
        int layers = card.integer("block_count").orElse(0);
        int heads = Math.max(1, card.integer("attention.head_count").orElse(1));
        int width = card.embeddingLength().orElse(0);
        if (layers == 0 || width == 0) {
            return OptionalLong.empty();
        }
        long keyLength = card.integer("attention.key_length").orElse(width / heads);
        long valueLength = card.integer("attention.value_length").orElse((int) keyLength);
        long perToken = latentAttention(card, layers)
                .orElseGet(() -> cachedHeads(card, layers, heads) * (keyLength + valueLength));
        long cache = perToken * context * BYTES_PER_ELEMENT;
        long vocabulary = Math.max(card.integer("vocab_size").orElse(0), 32_000);
        long compute = Math.max(BATCH * (4 * vocabulary + 16L * width), COMPUTE_FLOOR);
        return OptionalLong.of(sizeBytes + cache + Math.min(compute, Math.max(sizeBytes, 1 << 20)));
    }

    /** Models with latent attention (DeepSeek) cache one compressed vector a layer instead of heads. */
    private static OptionalLong latentAttention(ModelCard card, int layers) {
        int rank = card.integer("attention.kv_lora_rank").orElse(0);
        return rank == 0
                ? OptionalLong.empty()
                : OptionalLong.of((long) layers
                        * (rank + card.integer("rope.dimension_count").orElse(0)));
    }

    /** Heads with a cache over all layers. A list with one number a layer is absent from a short {@code show}. */
    private static long cachedHeads(ModelCard card, int layers, int heads) {
        List<Long> perLayer = card.numbers("attention.head_count_kv");
        return switch (perLayer.size()) {
            case 0 -> (long) layers * heads;
            case 1 -> layers * perLayer.getFirst();
            default -> perLayer.stream().mapToLong(Long::longValue).sum();
        };
    }
}
