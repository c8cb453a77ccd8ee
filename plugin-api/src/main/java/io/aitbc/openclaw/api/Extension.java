package io.aitbc.openclaw.api;

/**
 * Something a plugin contributes to the host.
 *
 * <p>All methods may be called from any thread, many at a time, and may block: the host calls on virtual threads.
 */
public interface Extension extends AutoCloseable {
    /** A name unique among the extensions of its kind, in lower case: {@code embedded}, {@code ollama}, {@code aitbc}. */
    String id();

    /** Releases everything it holds. Called once, after the last call into it has returned or was canceled. */
    @Override
    default void close() {}
}
