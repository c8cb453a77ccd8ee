package io.aitbc.openclaw.host.http.answer;

/** A failure as a client is told of it. The message is one line without prompts or keys. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean late;

    public ApiFailure(int status, String message) {
        this(status, message, false);
    }

    private ApiFailure(int status, String message, boolean late) {
        super(message, null, false, false);
        this.status = status;
        this.late = late;
    }

    /** One that arose once the work had begun; Ollama labels these a little differently. */
    public static ApiFailure late(int status, String message) {
        return new ApiFailure(status, message, true);
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
