package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.engine.model.TokenSequence;
import io.aitbc.openclaw.engine.token.TokenList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Computes the vectors of a request: mean of the final states of all tokens, cut to the dimensions wanted, of length 1. */
record EmbeddingTask(EmbedRequest request, int contextLength, int dimensions) {
    private static final int MEAN_POOLING = 1;

    static EmbeddingTask of(StoredModel stored, EmbedRequest request, int defaultNumCtx) {
        if (!stored.embeds()) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED, "This server does not support embeddings. Start it with `--embeddings`");
        }
        int pooling = stored.metadata().requiredInteger("llama.pooling_type", 0, 4);
        if (pooling != MEAN_POOLING) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED,
                    "the model '%s' has pooling type %d; the embedded engine knows only mean pooling (1)"
                            .formatted(stored.name(), pooling));
        }
        int width = stored.metadata().requiredInteger("llama.embedding_length", 1, 1 << 20);
        int dimensions = request.dimensions().orElse(width);
        if (dimensions < 1 || dimensions > width) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "dimensions must be between 1 and %d, not %d".formatted(width, dimensions));
        }
        int context = GenerationLimits.context(request.options(), defaultNumCtx, stored.contextLength());
        return new EmbeddingTask(request, context, dimensions);
    }

    Embeddings run(LoadedWeights weights, BooleanSupplier canceled) {
        List<float[]> vectors = new ArrayList<>();
        int promptTokens = 0;
        for (String input : request.inputs()) {
            int[] tokens = tokens(weights, input);
            promptTokens += tokens.length;
            TokenSequence sequence = weights.model().sequence(tokens.length);
            vectors.add(unit(Arrays.copyOf(sequence.meanState(tokens, canceled), dimensions)));
        }
        return new Embeddings(vectors, promptTokens, Duration.ZERO, Duration.ZERO);
    }

    private int[] tokens(LoadedWeights weights, String input) {
        TokenList list = new TokenList();
        weights.tokenizer().begin().ifPresent(list::add);
        list.addAll(weights.tokenizer().encode(new io.aitbc.openclaw.engine.token.PromptText().untrusted(input)));
        int[] tokens = list.toArray();
        if (tokens.length > contextLength && !request.truncate()) {
            throw new OpenClawException(ErrorCode.CONTEXT_OVERFLOW, "the input length exceeds the context length");
        }
        if (tokens.length == 0) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "there is nothing to embed in an empty text");
        }
        return tokens.length > contextLength ? Arrays.copyOf(tokens, contextLength) : tokens;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float factor = (float) (1 / Math.sqrt(Math.max(squares, Double.MIN_NORMAL)));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
        return vector;
    }
}
