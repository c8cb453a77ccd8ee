package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.Usage;
import io.aitbc.openclaw.host.http.answer.AnswerFormat;
import io.aitbc.openclaw.host.http.answer.Answered;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Logprobs;
import io.aitbc.openclaw.host.http.answer.Metadata;
import io.aitbc.openclaw.host.http.answer.ToolCalls;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer of {@code /api/chat} or {@code /api/generate}: one object, or a line for each piece. */
final class OllamaAnswer implements AnswerFormat {
    private final Exchange exchange;
    private final String model;
    private final boolean chat;
    private final boolean streaming;
    private final GoTime time;
    private final long startedAt = System.nanoTime();
    private final JsonOutput out = new JsonOutput();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();

    OllamaAnswer(Exchange exchange, String model, boolean chat, boolean streaming, InstantSource clock) {
        this.exchange = exchange;
        this.model = model;
        this.chat = chat;
        this.streaming = streaming;
        this.time = new GoTime(clock);
    }

    @Override
    public void text(String piece, List<TokenLogprob> pieceLogprobs) {
        text.append(piece);
        logprobs.addAll(pieceLogprobs);
        flush();
    }

    @Override
    public void thinking(String piece) {
        thinking.append(piece);
        flush();
    }

    /** Held back until the next event: Ollama sends calls with the last line. */
    @Override
    public void toolCalls(List<ToolCall> more) {
        for (ToolCall call : more) {
            calls.add(ToolCalls.checked(call));
        }
    }

    private void flush() {
        if (!streaming) {
            return;
        }
        begin();
        content();
        out.field("done", false);
        if (!chat && !calls.isEmpty()) {
            calls();
        }
        logprobs();
        out.endObject();
        send(false);
        text.setLength(0);
        thinking.setLength(0);
        logprobs.clear();
        calls.clear();
    }

    private void begin() {
        out.startObject().field("model", model).field("created_at", time.now());
    }

    private void content() {
        if (chat) {
            out.startObject("message").field("role", "assistant").field("content", text.toString());
            thinkingField();
            if (!calls.isEmpty()) {
                calls();
            }
            out.endObject();
        } else {
            out.field("response", text.toString());
            thinkingField();
        }
    }

    private void thinkingField() {
        if (!thinking.isEmpty()) {
            out.field("thinking", thinking.toString());
        }
    }

    private void calls() {
        out.startArray("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            out.startObject();
            out.field("id", call.id());
            out.startObject("function")
                    .field("index", i)
                    .field("name", call.name())
                    .rawField("arguments", call.argumentsJson())
                    .endObject();
            out.endObject();
        }
        out.endArray();
    }

    private void logprobs() {
        if (!logprobs.isEmpty()) {
            out.startArray("logprobs");
            logprobs.forEach(logprob -> Logprobs.write(out, logprob));
            out.endArray();
        }
    }

    /** A piece without text, as models send them too: the one thing all of Ollama's clients take for an answer going on. */
    @Override
    public void waiting() {
        flush();
    }

    @Override
    public void finished(Answered finished) {
        begin();
        content();
        out.field("done", true).field("done_reason", finished.reason() == FinishReason.LENGTH ? "length" : "stop");
        if (!chat && !finished.contextTokens().isEmpty()) {
            out.startArray("context");
            finished.contextTokens().forEach(token -> out.value((long) token));
            out.endArray();
        }
        usage(finished.usage());
        if (!chat && !calls.isEmpty()) {
            calls();
        }
        logprobs();
        Metadata.write(out, finished);
        out.endObject();
        send(true);
    }

    private void usage(Usage usage) {
        nanos("total_duration", Optional.of(usage.total().orElse(Duration.ofNanos(System.nanoTime() - startedAt))));
        nanos("load_duration", usage.load());
        usage.promptTokens().ifPresent(count -> out.field("prompt_eval_count", count));
        nanos("prompt_eval_duration", usage.promptEval());
        usage.outputTokens().ifPresent(count -> out.field("eval_count", count));
        nanos("eval_duration", usage.eval());
    }

    private void nanos(String name, Optional<Duration> duration) {
        duration.filter(value -> !value.isZero()).ifPresent(value -> out.field(name, value.toNanos()));
    }

    /** The answer to a request that only loads or unloads a model. */
    void loaded(String reason) {
        begin();
        content();
        out.field("done", true).field("done_reason", reason).endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private void send(boolean last) {
        if (!streaming) {
            exchange.send(200, Exchange.JSON, out.array(), out.length());
            return;
        }
        out.literal("\n");
        if (!exchange.isStarted()) {
            exchange.stream(Exchange.NDJSON);
        }
        if (last) {
            exchange.writeLast(out.array(), out.length());
        } else {
            exchange.write(out.array(), out.length());
        }
        out.clear();
    }

    @Override
    public void failed(ApiFailure cause) {
        ApiFailure failure = chat ? cause.inConversation() : cause;
        if (!exchange.isStarted()) {
            OllamaErrors.send(exchange, failure);
            return;
        }
        JsonOutput error = new JsonOutput();
        error.startObject().field("error", failure.text()).endObject().literal("\n");
        exchange.writeLast(error.array(), error.length());
    }
}
