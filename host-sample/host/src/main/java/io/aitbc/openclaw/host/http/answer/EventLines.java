package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.util.function.Consumer;

/** Server-sent events (HTML Living Standard, section 9.2) whose data are JSON objects. */
public final class EventLines {
    /** Text of a comment that only keeps a connection alive. */
    public static final String KEEP_ALIVE = "keep-alive";

    private final Exchange exchange;
    private final JsonOutput out = new JsonOutput();

    public EventLines(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Adds an event without a name. */
    public void data(Consumer<JsonOutput> json) {
        out.literal("data: ");
        json.accept(out);
        out.literal("\n\n");
    }

    public void event(String name, Consumer<JsonOutput> json) {
        out.literal("event: " + name + "\n");
        data(json);
    }

    /** Adds an event whose data is a word. */
    public void word(String data) {
        out.literal("data: " + data + "\n\n");
    }

    /** Sends a comment, which every reader of events skips: a sign of life. */
    public void comment(String text) {
        out.literal(": " + text + "\n\n");
        send(false);
    }

    /** Sends what was added. */
    public void send(boolean last) {
        if (!exchange.isStarted()) {
            exchange.stream(Exchange.EVENTS);
        }
        if (last) {
            exchange.writeLast(out.array(), out.length());
        } else {
            exchange.write(out.array(), out.length());
        }
        out.clear();
    }
}
