package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.answer.AnswerFormat;
import io.aitbc.openclaw.host.http.answer.Answered;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.EventLines;
import io.aitbc.openclaw.host.http.answer.Metadata;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** An answer of {@code /v1/completions}: text only. */
final class CompletionAnswer implements AnswerFormat {
    private final Exchange exchange;
    private final String model;
    private final StreamOptions streaming;
    private final String id = "cmpl-" + ThreadLocalRandom.current().nextInt(1000);
    private final long created;
    private final EventLines events;
    private final StringBuilder text = new StringBuilder();

    CompletionAnswer(Exchange exchange, String model, StreamOptions streaming, InstantSource clock) {
        this.exchange = exchange;
        this.model = model;
        this.streaming = streaming;
        this.created = clock.instant().getEpochSecond();
        this.events = new EventLines(exchange);
    }

    @Override
    public void text(String piece, List<TokenLogprob> logprobs) {
        if (!streaming.stream) {
            text.append(piece);
            return;
        }
        events.data(out -> {
            head(out);
            choice(out, piece);
            out.nullField("finish_reason").endObject().endArray();
            tail(out);
            out.endObject();
        });
        events.send(false);
    }

    /** There is no place for it in this protocol. */
    @Override
    public void thinking(String piece) {}

    @Override
    public void toolCalls(List<ToolCall> calls) {
        throw new ApiFailure(500, "the model called a tool although none was offered");
    }

    private void head(JsonOutput out) {
        out.startObject().field("id", id).field("object", "text_completion").field("created", created);
    }

    private void tail(JsonOutput out) {
        out.field("model", model).field("system_fingerprint", "fp_ollama");
    }

    private static void choice(JsonOutput out, String piece) {
        out.startArray("choices").startObject().field("text", piece).field("index", 0);
    }

    @Override
    public void waiting() {
        if (streaming.stream) {
            events.comment(EventLines.KEEP_ALIVE);
        }
    }

    @Override
    public void finished(Answered finished) {
        String reason = finished.reason() == FinishReason.LENGTH ? "length" : "stop";
        if (streaming.stream) {
            lastChunks(finished, reason);
            return;
        }
        JsonOutput out = new JsonOutput();
        head(out);
        tail(out);
        choice(out, text.toString());
        out.field("finish_reason", reason).endObject().endArray();
        Usages.write(out, finished.usage());
        Metadata.write(out, finished);
        out.endObject().literal("\n");
        exchange.send(200, Exchange.PLAIN_JSON, out.array(), out.length());
    }

    private void lastChunks(Answered finished, String reason) {
        events.data(out -> {
            head(out);
            choice(out, "");
            out.field("finish_reason", reason).endObject().endArray();
            tail(out);
            if (!streaming.includeUsage) {
                Metadata.write(out, finished);
            }
            out.endObject();
        });
        if (streaming.includeUsage) {
            events.data(out -> {
                head(out);
                out.startArray("choices").endArray();
                tail(out);
                Usages.write(out, finished.usage());
                Metadata.write(out, finished);
                out.endObject();
            });
        }
        events.word("[DONE]");
        events.send(true);
    }

    @Override
    public void failed(ApiFailure failure) {
        if (!exchange.isStarted()) {
            OpenAiErrors.send(exchange, failure);
            return;
        }
        events.data(out -> {
            out.startObject();
            OpenAiErrors.write(out, failure);
            out.endObject();
        });
        events.send(true);
    }
}
