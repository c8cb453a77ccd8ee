package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.Usage;
import java.util.List;
import java.util.OptionalLong;

/**
 * The end of a whole answer.
 *
 * @param requestId of the request it answers
 * @param event the end as the provider told it
 * @param record index of its record in the proof chain, when that is on disk
 */
public record Answered(String requestId, InferenceEvent.Finished event, OptionalLong record) {
    public FinishReason reason() {
        return event.reason();
    }

    public Usage usage() {
        return event.usage();
    }

    public List<Integer> contextTokens() {
        return event.contextTokens();
    }
}
