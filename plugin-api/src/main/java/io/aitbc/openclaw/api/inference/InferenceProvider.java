package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import java.util.List;
import java.util.Optional;

/**
 * A source of models and of answers. Failures are {@link OpenClawException}s whose code tells what kind of failure it was
 * and whether another provider may succeed.
 *
 * <p>{@code chat}, {@code generate} and {@code embed} fail with {@link ErrorCode#MODEL_NOT_FOUND} for a model that
 * {@link #find} does not know, and with {@link ErrorCode#UNSUPPORTED} for one that lacks the capability or for options the
 * provider cannot honour: nothing a request asks for is dropped in silence.
 */
public interface InferenceProvider extends Extension {
    Placement placement();

    /** What it can serve now. Served from memory where the source is remote; fails only when nothing was ever read. */
    List<ModelDescriptor> catalogue();

    /**
     * Resolves a name a client may write to a model: a missing tag means {@code latest}, letter case does not matter.
     * Network providers also accept {@code <miner>/model:tag} and {@code model:tag@miner}.
     */
    Optional<ModelDescriptor> find(String name);

    /** @param verbose whether long arrays of the metadata are wanted */
    Optional<ModelDetails> show(String name, boolean verbose);

    /** Starts an answer. Returns at once or fails; the first event may take as long as the model needs to load. */
    InferenceStream chat(ChatRequest request);

    /** As {@link #chat}. */
    InferenceStream generate(GenerateRequest request);

    Embeddings embed(EmbedRequest request);

    /** The most the request may cost; empty when it is free. */
    default Optional<TokenAmount> quote(RouteQuery query) {
        return Optional.empty();
    }

    /**
     * Whether it honours {@link io.aitbc.openclaw.api.PrivacyClass#REDACTED}: known secrets are replaced before anything is
     * sent. Requests of that class are kept from networks that do not.
     */
    default boolean redacts() {
        return false;
    }

    /** What of a request would leave this machine, with nothing sent; empty when nothing would. Fails as {@link #chat}. */
    default Optional<Departure> preview(ChatRequest request) {
        return Optional.empty();
    }

    /** As {@link #preview(ChatRequest)}. */
    default Optional<Departure> preview(GenerateRequest request) {
        return Optional.empty();
    }
}
