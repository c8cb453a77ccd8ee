package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keeps what an answer passes on. */
final class CollectingSink implements AnswerSink {
    final List<InferenceEvent> events = new CopyOnWriteArrayList<>();
    final List<OpenClawException> failures = new CopyOnWriteArrayList<>();
    final CountDownLatch content = new CountDownLatch(1);

    @Override
    public void state(String state) {
        // Of no interest here.
    }

    @Override
    public void awaitRoom() {
        // There is always room.
    }

    @Override
    public void add(InferenceEvent event) {
        events.add(event);
        content.countDown();
    }

    @Override
    public void fail(OpenClawException reason) {
        failures.add(reason);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (InferenceEvent event : events) {
            if (event instanceof InferenceEvent.Text more) {
                text.append(more.text());
            }
        }
        return text.toString();
    }
}
