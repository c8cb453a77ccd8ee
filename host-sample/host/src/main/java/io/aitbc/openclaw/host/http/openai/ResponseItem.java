package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import java.util.concurrent.ThreadLocalRandom;

/** One item of the output of a response: reasoning, a message or the call of a function. */
final class ResponseItem {
    /** What an item is, with its prefix for ids. */
    enum Kind {
        REASONING("rs_"),
        MESSAGE("msg_"),
        CALL("fc_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    final Kind kind;
    final String id;
    final StringBuilder text = new StringBuilder();
    private final ToolCall call;

    ResponseItem(Kind kind, ToolCall call) {
        this.kind = kind;
        this.call = call;
        this.id = kind.prefix + ThreadLocalRandom.current().nextInt(1_000_000);
    }

    static ResponseItem of(Kind kind) {
        return new ResponseItem(kind, new ToolCall("", "", ""));
    }

    static ResponseItem of(ToolCall call) {
        ResponseItem item = new ResponseItem(Kind.CALL, call);
        item.text.append(call.argumentsJson());
        return item;
    }

    /** @param status {@code in_progress}: the item is still empty */
    void write(JsonOutput out, String status) {
        boolean empty = status.equals("in_progress");
        out.field("id", id);
        switch (kind) {
            case REASONING -> {
                out.field("type", "reasoning").startArray("summary");
                if (!empty) {
                    out.startObject()
                            .field("type", "summary_text")
                            .field("text", text.toString())
                            .endObject();
                }
                out.endArray();
            }
            case MESSAGE -> {
                out.field("type", "message").field("status", status).field("role", "assistant");
                out.startArray("content");
                if (!empty) {
                    out.startObject();
                    part(out, text.toString());
                    out.endObject();
                }
                out.endArray();
            }
            case CALL ->
                out.field("type", "function_call")
                        .field("status", status)
                        .field("call_id", call.id())
                        .field("name", call.name())
                        .field("arguments", empty ? "" : text.toString());
        }
    }

    static void part(JsonOutput out, String text) {
        out.field("type", "output_text").field("text", text);
        out.startArray("annotations").endArray();
        out.startArray("logprobs").endArray();
    }
}
