package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;

/**
 * An answer as it is computed, pulled by its consumer: back-pressure is the consumer not calling {@link #next()}.
 *
 * <p>An answer that ends without {@link InferenceEvent.Finished} is never reported as success: {@code next()} throws.
 */
public interface InferenceStream extends AutoCloseable {
    /**
     * Waits for the next event.
     *
     * @throws OpenClawException when the answer failed, with {@link ErrorCode#CANCELED} after {@link #close()}
     * @throws IllegalStateException after {@link InferenceEvent.Finished} or a failure was reported
     */
    InferenceEvent next();

    /**
     * Ends the answer. From any thread, at any time, more than once; a waiting {@link #next()} fails with
     * {@link ErrorCode#CANCELED} and the work behind it stops within a second.
     */
    @Override
    void close();
}
