package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.Extension;

/**
 * Chooses a provider for each request and fails over between them as long as nothing of the answer was passed on. After the
 * first text, thinking or tool call an answer never changes its provider: it is finished there or fails.
 */
public interface InferenceRouter extends Extension {
    /** What {@link #chat}, {@link #generate} or {@link #embed} would do, without doing it. */
    RoutePlan plan(RouteQuery query);

    /** The stream ends with a {@link InferenceEvent.Finished} that carries the route. */
    InferenceStream chat(ChatRequest request);

    /** As {@link #chat}. */
    InferenceStream generate(GenerateRequest request);

    Embeddings embed(EmbedRequest request);
}
