package io.aitbc.openclaw.host.http.answer;

/** A failure as a client is told of it. The message is one line without prompts or keys. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean late;
    private final boolean overflow;

    public ApiFailure(int status, String message) {
        this(status, message, false, false);
    }

    private ApiFailure(int status, String message, boolean late, boolean overflow) {
        super(message, null, false, false);
        this.status = status;
        this.late = late;
        this.overflow = overflow;
    }

    /** One that arose once the work had begun; Ollama labels these a little differently. */
    public static ApiFailure late(int status, String message) {
        return new ApiFailure(status, message, true, false);
    }

    /** The prompt is too long for the model. */
    static ApiFailure overflow(int status, String message) {
        return new ApiFailure(status, message, true, true);
    }

    /**
     * The same for clients that hold conversations. They shorten one and ask again only when they recognize why it
     * failed, and OpenClaw does not recognize Ollama's own words.
     */
    public ApiFailure inConversation() {
        return overflow ? overflow(status, text() + " (ollama: context length exceeded)") : this;
    }

    public int status() {
        return status;
    }

    public boolean isLate() {
        return late;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
