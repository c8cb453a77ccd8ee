package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.answer.AnswerFormat;
import io.aitbc.openclaw.host.http.answer.Answered;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.EventLines;
import io.aitbc.openclaw.host.http.answer.Logprobs;
import io.aitbc.openclaw.host.http.answer.Metadata;
import io.aitbc.openclaw.host.http.answer.ToolCalls;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** An answer of {@code /v1/chat/completions}. */
final class ChatCompletionAnswer implements AnswerFormat {
    private final Exchange exchange;
    private final String model;
    private final StreamOptions streaming;
    private final String id = "chatcmpl-" + ThreadLocalRandom.current().nextInt(1000);
    private final long created;
    private final EventLines events;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private boolean hasRole;

    ChatCompletionAnswer(Exchange exchange, String model, StreamOptions streaming, InstantSource clock) {
        this.exchange = exchange;
        this.model = model;
        this.streaming = streaming;
        this.created = clock.instant().getEpochSecond();
        this.events = new EventLines(exchange);
    }

    @Override
    public void text(String piece, List<TokenLogprob> pieceLogprobs) {
        if (streaming.stream) {
            chunk(delta -> delta.field("content", piece), pieceLogprobs);
        } else {
            text.append(piece);
            logprobs.addAll(pieceLogprobs);
        }
    }

    @Override
    public void thinking(String piece) {
        if (streaming.stream) {
            chunk(delta -> delta.field("content", "").field("reasoning", piece), List.of());
        } else {
            reasoning.append(piece);
        }
    }

    /** Sent once the answer is known to be whole: a client acts on calls. */
    @Override
    public void toolCalls(List<ToolCall> more) {
        more.forEach(call -> calls.add(ToolCalls.checked(call)));
    }

    private void head(JsonOutput out, String object) {
        out.startObject()
                .field("id", id)
                .field("object", object)
                .field("created", created)
                .field("model", model)
                .field("system_fingerprint", "fp_ollama");
    }

    private void chunk(Consumer<JsonOutput> delta, List<TokenLogprob> pieceLogprobs) {
        addChunk(delta, pieceLogprobs);
        events.send(false);
    }

    private void addChunk(Consumer<JsonOutput> delta, List<TokenLogprob> pieceLogprobs) {
        events.data(out -> {
            head(out, "chat.completion.chunk");
            out.startArray("choices").startObject().field("index", 0).startObject("delta");
            if (!hasRole) {
                out.field("role", "assistant");
                hasRole = true;
            }
            delta.accept(out);
            out.endObject().nullField("finish_reason");
            logprobs(out, pieceLogprobs);
            out.endObject().endArray().endObject();
        });
    }

    private static void logprobs(JsonOutput out, List<TokenLogprob> tokens) {
        if (!tokens.isEmpty()) {
            out.startObject("logprobs").startArray("content");
            tokens.forEach(token -> Logprobs.write(out, token));
            out.endArray().endObject();
        }
    }

    @Override
    public void waiting() {
        if (streaming.stream) {
            events.comment(EventLines.KEEP_ALIVE);
        }
    }

    @Override
    public void finished(Answered finished) {
        if (streaming.stream) {
            lastChunks(finished);
        } else {
            whole(finished);
        }
    }

    private String reason(Answered finished) {
        if (!calls.isEmpty()) {
            return "tool_calls";
        }
        return finished.reason() == FinishReason.LENGTH ? "length" : "stop";
    }

    private void lastChunks(Answered finished) {
        if (!calls.isEmpty()) {
            addChunk(
                    delta -> {
                        delta.field("content", "");
                        calls(delta);
                    },
                    List.of());
        }
        events.data(out -> {
            head(out, "chat.completion.chunk");
            out.startArray("choices").startObject().field("index", 0).startObject("delta");
            if (!hasRole) {
                out.field("role", "assistant").field("content", "");
            }
            out.endObject().field("finish_reason", reason(finished)).endObject().endArray();
            if (!streaming.includeUsage) {
                Metadata.write(out, finished);
            }
            out.endObject();
        });
        if (streaming.includeUsage) {
            events.data(out -> {
                head(out, "chat.completion.chunk");
                out.startArray("choices").endArray();
                Usages.write(out, finished.usage());
                Metadata.write(out, finished);
                out.endObject();
            });
        }
        events.word("[DONE]");
        events.send(true);
    }

    private void whole(Answered finished) {
        JsonOutput out = new JsonOutput();
        head(out, "chat.completion");
        out.startArray("choices").startObject().field("index", 0);
        out.startObject("message").field("role", "assistant").field("content", text.toString());
        if (!reasoning.isEmpty()) {
            out.field("reasoning", reasoning.toString());
        }
        if (!calls.isEmpty()) {
            calls(out);
        }
        out.endObject().field("finish_reason", reason(finished));
        logprobs(out, logprobs);
        out.endObject().endArray();
        Usages.write(out, finished.usage());
        Metadata.write(out, finished);
        out.endObject().literal("\n");
        exchange.send(200, Exchange.PLAIN_JSON, out.array(), out.length());
    }

    private void calls(JsonOutput out) {
        out.startArray("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            out.startObject().field("id", call.id()).field("index", i).field("type", "function");
            out.startObject("function")
                    .field("name", call.name())
                    .field("arguments", call.argumentsJson())
                    .endObject()
                    .endObject();
        }
        out.endArray();
    }

    @Override
    public void failed(ApiFailure cause) {
        ApiFailure failure = cause.inConversation();
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
