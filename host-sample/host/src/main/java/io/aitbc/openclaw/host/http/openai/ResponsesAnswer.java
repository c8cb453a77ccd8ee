package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.answer.AnswerFormat;
import io.aitbc.openclaw.host.http.answer.Answered;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.EventLines;
import io.aitbc.openclaw.host.http.answer.ToolCalls;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An answer of {@code /v1/responses}: one response object, or the events in which it grows. */
final class ResponsesAnswer implements AnswerFormat {
    private final Exchange exchange;
    private final boolean streaming;
    private final ResponseObject response;
    private final EventLines events;
    private final List<ResponseItem> items = new ArrayList<>();
    private Optional<ResponseItem> open = Optional.empty();
    private int sequence;

    ResponsesAnswer(Exchange exchange, ResponsesBody body, InstantSource clock) {
        this.exchange = exchange;
        this.streaming = body.stream;
        this.response = new ResponseObject(body, clock);
        this.events = new EventLines(exchange);
    }

    @Override
    public void text(String piece, List<TokenLogprob> logprobs) {
        ResponseItem item = open(ResponseItem.Kind.MESSAGE);
        item.text.append(piece);
        event("response.output_text.delta", out -> {
            place(out, item);
            out.field("content_index", 0).field("delta", piece);
            out.startArray("logprobs").endArray();
        });
        send(false);
    }

    @Override
    public void thinking(String piece) {
        ResponseItem item = open(ResponseItem.Kind.REASONING);
        item.text.append(piece);
        event("response.reasoning_summary_text.delta", out -> {
            place(out, item);
            out.field("summary_index", 0).field("delta", piece);
        });
        send(false);
    }

    /** Told at the end, once the answer is known to be whole: a client acts on calls. */
    @Override
    public void toolCalls(List<ToolCall> calls) {
        close();
        calls.forEach(call -> items.add(ResponseItem.of(ToolCalls.checked(call))));
    }

    private ResponseItem open(ResponseItem.Kind kind) {
        if (open.isPresent() && open.get().kind == kind) {
            return open.get();
        }
        begin();
        close();
        ResponseItem item = ResponseItem.of(kind);
        items.add(item);
        open = Optional.of(item);
        item("response.output_item.added", item, "in_progress");
        if (kind == ResponseItem.Kind.MESSAGE) {
            part("response.content_part.added", item, "");
        }
        return item;
    }

    private void begin() {
        if (sequence == 0) {
            whole("response.created", "in_progress", Optional.empty());
            whole("response.in_progress", "in_progress", Optional.empty());
        }
    }

    private void close() {
        if (open.isEmpty()) {
            return;
        }
        ResponseItem item = open.get();
        open = Optional.empty();
        String text = item.text.toString();
        if (item.kind == ResponseItem.Kind.MESSAGE) {
            event("response.output_text.done", out -> {
                place(out, item);
                out.field("content_index", 0).field("text", text);
                out.startArray("logprobs").endArray();
            });
            part("response.content_part.done", item, text);
        } else {
            event("response.reasoning_summary_text.done", out -> {
                place(out, item);
                out.field("summary_index", 0).field("text", text);
            });
        }
        item("response.output_item.done", item, "completed");
    }

    private void calls() {
        for (ResponseItem item : items) {
            if (item.kind == ResponseItem.Kind.CALL) {
                String arguments = item.text.toString();
                item("response.output_item.added", item, "in_progress");
                event("response.function_call_arguments.delta", out -> {
                    place(out, item);
                    out.field("delta", arguments);
                });
                event("response.function_call_arguments.done", out -> {
                    place(out, item);
                    out.field("arguments", arguments);
                });
                item("response.output_item.done", item, "completed");
            }
        }
    }

    private void place(JsonOutput out, ResponseItem item) {
        out.field("item_id", item.id).field("output_index", items.indexOf(item));
    }

    private void item(String type, ResponseItem item, String status) {
        event(type, out -> {
            out.field("output_index", items.indexOf(item)).startObject("item");
            item.write(out, status);
            out.endObject();
        });
    }

    private void part(String type, ResponseItem item, String text) {
        event(type, out -> {
            place(out, item);
            out.field("content_index", 0).startObject("part");
            ResponseItem.part(out, text);
            out.endObject();
        });
    }

    private void whole(String type, String status, Optional<Answered> finished) {
        event(type, out -> {
            out.startObject("response");
            response.write(out, status, finished.isPresent() ? items : List.of(), finished);
            out.endObject();
        });
    }

    private void event(String type, Consumer<JsonOutput> fields) {
        int number = sequence++;
        if (streaming) {
            events.event(type, out -> {
                out.startObject().field("type", type).field("sequence_number", number);
                fields.accept(out);
                out.endObject();
            });
        }
    }

    private void send(boolean last) {
        if (streaming) {
            events.send(last);
        }
    }

    @Override
    public void waiting() {
        if (streaming) {
            events.comment(EventLines.KEEP_ALIVE);
        }
    }

    @Override
    public void finished(Answered finished) {
        begin();
        close();
        calls();
        String status = finished.reason() == FinishReason.LENGTH ? "incomplete" : "completed";
        if (streaming) {
            whole("response." + status, status, Optional.of(finished));
            send(true);
            return;
        }
        JsonOutput out = new JsonOutput();
        out.startObject();
        response.write(out, status, items, Optional.of(finished));
        out.endObject().literal("\n");
        exchange.send(200, Exchange.PLAIN_JSON, out.array(), out.length());
    }

    @Override
    public void failed(ApiFailure failure) {
        if (!exchange.isStarted()) {
            OpenAiErrors.send(exchange, failure);
            return;
        }
        event(
                "error",
                out -> out.field("code", "server_error")
                        .field("message", failure.text())
                        .nullField("param"));
        send(true);
    }
}
