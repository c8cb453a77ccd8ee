package io.aitbc.openclaw.provider.privacy;

import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.ToolCall;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Puts the values back where an answer has their placeholders. A placeholder may come in pieces, so the end of a text that
 * may be the beginning of one waits for what follows.
 */
final class RestoringStream implements InferenceStream {
    private static final String REMARK =
            "that nothing private was sent: only what has a known form, or one of redact-pattern, is kept back";

    private final InferenceStream source;
    private final Redaction redaction;
    private final Queue<InferenceEvent> ready = new ArrayDeque<>();
    private String text = "";
    private String thinking = "";

    RestoringStream(InferenceStream source, Redaction redaction) {
        this.source = source;
        this.redaction = redaction;
    }

    @Override
    public InferenceEvent next() {
        while (ready.isEmpty()) {
            take(source.next());
        }
        return ready.remove();
    }

    private void take(InferenceEvent event) {
        switch (event) {
            case InferenceEvent.Text more -> {
                flushThinking();
                text += more.text();
                int end = redaction.unfinished(text);
                text(text.substring(0, end));
                text = text.substring(end);
            }
            case InferenceEvent.Thinking more -> {
                flushText();
                thinking += more.text();
                int end = redaction.unfinished(thinking);
                thinking(thinking.substring(0, end));
                thinking = thinking.substring(end);
            }
            case InferenceEvent.ToolCalls calls -> {
                flushThinking();
                flushText();
                ready.add(new InferenceEvent.ToolCalls(restored(calls.calls())));
            }
            case InferenceEvent.Waiting waiting -> ready.add(waiting);
            case InferenceEvent.Finished finished -> {
                flushThinking();
                flushText();
                ready.add(finished.job()
                        .map(job -> finished.withJob(job.withRedactions(redaction.counts(), REMARK)))
                        .orElse(finished));
            }
        }
    }

    private List<ToolCall> restored(List<ToolCall> calls) {
        return calls.stream()
                .map(call -> new ToolCall(
                        call.id(), redaction.restore(call.name()), redaction.restoreJson(call.argumentsJson())))
                .toList();
    }

    private void flushText() {
        text(text);
        text = "";
    }

    private void flushThinking() {
        thinking(thinking);
        thinking = "";
    }

    private void text(String whole) {
        if (!whole.isEmpty()) {
            ready.add(new InferenceEvent.Text(redaction.restore(whole)));
        }
    }

    private void thinking(String whole) {
        if (!whole.isEmpty()) {
            ready.add(new InferenceEvent.Thinking(redaction.restore(whole)));
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
