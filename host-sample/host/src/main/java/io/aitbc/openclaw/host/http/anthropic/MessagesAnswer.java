package io.aitbc.openclaw.host.http.anthropic;

import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.answer.AnswerFormat;
import io.aitbc.openclaw.host.http.answer.Answered;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.EventLines;
import io.aitbc.openclaw.host.http.answer.Metadata;
import io.aitbc.openclaw.host.http.answer.ToolCalls;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An answer of {@code /v1/messages}: a message, or the events in which its blocks grow. */
final class MessagesAnswer implements AnswerFormat {
    private enum Block {
        NONE,
        THINKING,
        TEXT
    }

    private final Exchange exchange;
    private final String model;
    private final boolean streaming;
    private final int promptEstimate;
    private final String id = AnthropicIds.next("msg_");
    private final EventLines events;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private Block open = Block.NONE;
    private int index;
    private boolean begun;

    MessagesAnswer(Exchange exchange, String model, boolean streaming, int promptEstimate) {
        this.exchange = exchange;
        this.model = model;
        this.streaming = streaming;
        this.promptEstimate = promptEstimate;
        this.events = new EventLines(exchange);
    }

    @Override
    public void text(String piece, List<TokenLogprob> logprobs) {
        text.append(piece);
        if (streaming) {
            open(Block.TEXT);
            delta("text_delta", "text", piece);
            events.send(false);
        }
    }

    @Override
    public void thinking(String piece) {
        thinking.append(piece);
        if (streaming) {
            open(Block.THINKING);
            delta("thinking_delta", "thinking", piece);
            events.send(false);
        }
    }

    /** Sent once the answer is known to be whole: a client acts on calls. */
    @Override
    public void toolCalls(List<ToolCall> more) {
        more.forEach(call -> calls.add(ToolCalls.checked(call)));
    }

    private void open(Block block) {
        begin();
        if (open == block) {
            return;
        }
        close();
        open = block;
        String type = block == Block.TEXT ? "text" : "thinking";
        start(out -> out.field("type", type).field(type, ""));
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        event("message_start", out -> {
            out.startObject("message");
            head(out);
            out.startArray("content").endArray();
            usage(out, promptEstimate, 0);
            out.endObject();
        });
    }

    private void close() {
        if (open != Block.NONE) {
            stop();
            open = Block.NONE;
        }
    }

    private void start(Consumer<JsonOutput> block) {
        event("content_block_start", out -> {
            out.field("index", index).startObject("content_block");
            block.accept(out);
            out.endObject();
        });
    }

    private void delta(String type, String name, String piece) {
        event(
                "content_block_delta",
                out -> out.field("index", index)
                        .startObject("delta")
                        .field("type", type)
                        .field(name, piece)
                        .endObject());
    }

    private void stop() {
        event("content_block_stop", out -> out.field("index", index));
        index++;
    }

    private void event(String type, Consumer<JsonOutput> fields) {
        events.event(type, out -> {
            out.startObject().field("type", type);
            fields.accept(out);
            out.endObject();
        });
    }

    private void head(JsonOutput out) {
        out.field("id", id).field("type", "message").field("role", "assistant").field("model", model);
    }

    private static void usage(JsonOutput out, int input, int output) {
        out.startObject("usage")
                .field("input_tokens", input)
                .field("output_tokens", output)
                .endObject();
    }

    private String reason(Answered finished) {
        if (!calls.isEmpty()) {
            return "tool_use";
        }
        return finished.reason() == FinishReason.LENGTH ? "max_tokens" : "end_turn";
    }

    /** Anthropic's own sign of life, which comes after the start of a message. */
    @Override
    public void waiting() {
        if (streaming) {
            begin();
            event("ping", out -> {});
            events.send(false);
        }
    }

    @Override
    public void finished(Answered finished) {
        int input = finished.usage().promptTokens().orElse(promptEstimate);
        int output = finished.usage().outputTokens().orElse(0);
        if (streaming) {
            lastEvents(finished, input, output);
            return;
        }
        JsonOutput out = new JsonOutput();
        out.startObject();
        head(out);
        blocks(out);
        out.field("stop_reason", reason(finished));
        usage(out, input, output);
        Metadata.write(out, finished);
        out.endObject().literal("\n");
        exchange.send(200, Exchange.PLAIN_JSON, out.array(), out.length());
    }

    private void blocks(JsonOutput out) {
        out.startArray("content");
        if (!thinking.isEmpty()) {
            out.startObject()
                    .field("type", "thinking")
                    .field("thinking", thinking.toString())
                    .field("signature", "")
                    .endObject();
        }
        if (!text.isEmpty()) {
            out.startObject()
                    .field("type", "text")
                    .field("text", text.toString())
                    .endObject();
        }
        for (ToolCall call : calls) {
            out.startObject();
            call(out, call);
            out.rawField("input", call.argumentsJson()).endObject();
        }
        out.endArray();
    }

    private static void call(JsonOutput out, ToolCall call) {
        out.field("type", "tool_use").field("id", call.id()).field("name", call.name());
    }

    private void lastEvents(Answered finished, int input, int output) {
        begin();
        close();
        for (ToolCall call : calls) {
            start(out -> {
                call(out, call);
                out.startObject("input").endObject();
            });
            delta("input_json_delta", "partial_json", call.argumentsJson());
            stop();
        }
        event("message_delta", out -> {
            out.startObject("delta").field("stop_reason", reason(finished)).endObject();
            usage(out, input, output);
        });
        event("message_stop", out -> Metadata.write(out, finished));
        events.send(true);
    }

    @Override
    public void failed(ApiFailure failure) {
        if (!exchange.isStarted()) {
            AnthropicErrors.send(exchange, failure);
            return;
        }
        events.event("error", out -> AnthropicErrors.write(out, failure, false));
        events.send(true);
    }
}
