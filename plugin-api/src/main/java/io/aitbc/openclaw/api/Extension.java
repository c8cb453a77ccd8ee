package io.aitbc.openclaw.api;

/**
 * Something a plugin contributes to the host.
 *
 * <p>All methods may be called from any thread, many at a time, and may block: the host calls on virtual threads.
 */
public interface Extension extends AutoCloseable {
    /** A name unique among the extensions of its kind, in lower case: {@code embedded}, {@code ollama}, {@code aitbc}. */
    String id();

    /**
     * Gives up what another version of the plugin needs for itself, such as the lock of a file: one has taken this one's place. New calls go
     * there; those that run here go on meanwhile and may fail with {@link ErrorCode#PLUGIN_UNAVAILABLE}. Called at most once, before
     * {@link #close}, not when the host ends; returns within seconds.
     */
    default void retire() {}

    /** Releases everything it holds. Called once, after the last call into it has returned or was canceled. */
    @Override
    default void close() {}
}
