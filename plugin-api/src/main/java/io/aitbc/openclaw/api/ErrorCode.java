package io.aitbc.openclaw.api;

/** Every failure thrown across the plugin API carries one of these, so that failures can be counted and acted on. */
public enum ErrorCode {
    INVALID_REQUEST(ErrorCategory.USER, false),
    MODEL_NOT_FOUND(ErrorCategory.USER, true),
    /** The model or provider cannot do what the request needs: tools, images, options, embeddings. */
    UNSUPPORTED(ErrorCategory.USER, true),
    /** The prompt does not fit the context of the model. */
    CONTEXT_OVERFLOW(ErrorCategory.USER, true),
    /** The caller closed the stream or went away. */
    CANCELED(ErrorCategory.USER, false),

    INVALID_CONFIG(ErrorCategory.CONFIG, true),
    MISSING_KEY(ErrorCategory.CONFIG, true),

    /** A cap for a period is used up. */
    BUDGET_EXHAUSTED(ErrorCategory.BUDGET, true),
    /** This one job may cost more than allowed. */
    PRICE_ABOVE_CAP(ErrorCategory.BUDGET, true),

    UNREACHABLE(ErrorCategory.NETWORK, true),
    FIRST_BYTE_TIMEOUT(ErrorCategory.NETWORK, true),
    IDLE_TIMEOUT(ErrorCategory.NETWORK, true),
    /** The connection ended before the answer was whole. */
    STREAM_CUT(ErrorCategory.NETWORK, true),

    /** The provider is busy: its queue is full or it asks to come back later. */
    OVERLOADED(ErrorCategory.PROVIDER, true),
    /** The provider refused our credentials. */
    NOT_AUTHORIZED(ErrorCategory.PROVIDER, true),
    /** The provider reported a failure of the model or of the job. */
    PROVIDER_FAILED(ErrorCategory.PROVIDER, true),
    /** The provider's answer breaks its protocol. */
    MALFORMED_ANSWER(ErrorCategory.PROVIDER, true),
    /** The answer comes from another model than the one asked for. */
    MODEL_SUBSTITUTED(ErrorCategory.PROVIDER, true),
    /** The job was not done within its time to live. */
    JOB_EXPIRED(ErrorCategory.PROVIDER, true),

    PROOF_INVALID(ErrorCategory.PROOF, true),

    /** The plugin behind an extension is not loaded, or is being unloaded. */
    PLUGIN_UNAVAILABLE(ErrorCategory.INTERNAL, true),
    INTERNAL(ErrorCategory.INTERNAL, true);

    private final ErrorCategory category;
    private final boolean elsewhere;

    ErrorCode(ErrorCategory category, boolean elsewhere) {
        this.category = category;
        this.elsewhere = elsewhere;
    }

    public ErrorCategory category() {
        return category;
    }

    /** Whether the same request may succeed at another provider. */
    public boolean mayWorkElsewhere() {
        return elsewhere;
    }
}
