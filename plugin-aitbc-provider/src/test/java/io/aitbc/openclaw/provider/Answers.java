package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a stream delivered until it finished. */
record Answers(List<InferenceEvent> events) {
    static Answers readAll(InferenceStream stream) {
        List<InferenceEvent> events = new ArrayList<>();
        try (stream) {
            do {
                events.add(stream.next());
            } while (!(events.getLast() instanceof InferenceEvent.Finished));
        }
        return new Answers(events);
    }

    String text() {
        return events.stream()
                .filter(InferenceEvent.Text.class::isInstance)
                .map(event -> ((InferenceEvent.Text) event).text())
                .collect(Collectors.joining());
    }

    InferenceEvent.Finished finished() {
        return (InferenceEvent.Finished) events.getLast();
    }

    JobRecord job() {
        return finished().job().orElseThrow();
    }
}
