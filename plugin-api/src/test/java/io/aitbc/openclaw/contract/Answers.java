package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.util.ArrayList;
import java.util.List;

/** Reads answers to their end. */
public final class Answers {
    private static final int MAX_EVENTS = 100_000;

    private Answers() {}

    /** All events up to and including {@link InferenceEvent.Finished}; closes the stream. */
    public static List<InferenceEvent> drain(InferenceStream stream) {
        try (stream) {
            List<InferenceEvent> events = new ArrayList<>();
            while (events.size() < MAX_EVENTS) {
                InferenceEvent event = stream.next();
                events.add(event);
                if (event instanceof InferenceEvent.Finished) {
                    return events;
                }
            }
            throw new AssertionError("no end after " + MAX_EVENTS + " events");
        }
    }

    /** The text of an answer. */
    public static String text(List<InferenceEvent> events) {
        StringBuilder text = new StringBuilder();
        for (InferenceEvent event : events) {
            if (event instanceof InferenceEvent.Text part) {
                text.append(part.text());
            }
        }
        return text.toString();
    }

    /** The last event. */
    public static InferenceEvent.Finished finished(List<InferenceEvent> events) {
        assertThat(events).isNotEmpty();
        assertThat(events.getLast()).isInstanceOf(InferenceEvent.Finished.class);
        return (InferenceEvent.Finished) events.getLast();
    }
}
