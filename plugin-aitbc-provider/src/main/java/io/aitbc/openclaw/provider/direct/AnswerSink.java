package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;

/** Where an answer goes as it arrives. */
public interface AnswerSink {
    /** What is being waited for, in one word. */
    void state(String state);

    /** Waits while the consumer is far behind. */
    void awaitRoom();

    void add(InferenceEvent event);

    /** The first failure counts. */
    void fail(OpenClawException reason);
}
