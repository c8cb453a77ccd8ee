package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.outbox.OutboxCounts;
import io.aitbc.openclaw.host.outbox.OutboxEntry;
import io.aitbc.openclaw.host.outbox.OutboxView;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What waits to be delivered, and what a person decides about it. Payloads stay on the machine. */
final class OutboxEndpoints {
    private static final int MOST_ROWS = 1000;
    private static final Pattern DECISION = Pattern.compile(".*/outbox/([0-9]{1,18})/(retry|discard)");
    private static final Pattern MESSAGE = Pattern.compile(".*/outbox/([0-9]{1,18})");

    private final HostInfo info;

    OutboxEndpoints(HostInfo info) {
        this.info = info;
    }

    void addTo(Routes routes, String base) {
        routes.add("GET", base + "outbox", Routes.Style.OLLAMA, this::list);
        routes.add("GET", base + "outbox/*", Routes.Style.OLLAMA, this::show);
        routes.add("POST", base + "outbox/*", Routes.Style.OLLAMA, this::decide);
    }

    private HostOutbox outbox() {
        return info.outbox().orElseThrow(() -> new ApiFailure(404, "this host keeps no outbox"));
    }

    private void list(Exchange exchange) {
        JsonOutput out = new JsonOutput();
        try (OutboxView view = outbox().view()) {
            OutboxCounts counts = view.counts();
            out.startObject()
                    .field("waiting", counts.waiting())
                    .field("conflict", counts.conflicts())
                    .field("delivered", counts.delivered())
                    .field("discarded", counts.discarded())
                    .field("waiting_bytes", counts.waitingBytes());
            counts.oldestWaiting().ifPresent(time -> out.field("oldest_waiting_since", GoTime.text(time)));
            out.startArray("messages");
            view.list(MOST_ROWS).forEach(entry -> write(out, entry));
            out.endArray().endObject();
        }
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private void show(Exchange exchange) {
        Matcher path = MESSAGE.matcher(exchange.path());
        if (!path.matches()) {
            throw new ApiFailure(404, "no such message in the outbox");
        }
        send(exchange, Long.parseLong(path.group(1)));
    }

    private void decide(Exchange exchange) {
        Matcher path = DECISION.matcher(exchange.path());
        if (!path.matches()) {
            throw new ApiFailure(404, "a message can be asked to retry or discard, nothing else");
        }
        long sequence = Long.parseLong(path.group(1));
        try (OutboxView view = outbox().view()) {
            OutboxEntry _ = known(view, sequence);
        }
        if (path.group(2).equals("retry")) {
            outbox().retry(sequence);
        } else {
            outbox().discard(sequence);
        }
        send(exchange, sequence);
    }

    private void send(Exchange exchange, long sequence) {
        JsonOutput out = new JsonOutput();
        try (OutboxView view = outbox().view()) {
            write(out, known(view, sequence));
        }
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static OutboxEntry known(OutboxView view, long sequence) {
        return view.find(sequence).orElseThrow(() -> new ApiFailure(404, "the outbox has no message " + sequence));
    }

    private static void write(JsonOutput out, OutboxEntry entry) {
        OutboxMessage message = entry.message();
        out.startObject()
                .field("sequence", message.sequence())
                .field("topic", message.topic())
                .field("lane", message.lane())
                .field("key", message.key())
                .field("state", message.state().name().toLowerCase(Locale.ROOT))
                .field("attempts", (long) message.attempts())
                .field("note", message.note())
                .field("bytes", entry.bytes())
                .field("added_at", GoTime.text(message.addedAt()))
                .field("changed_at", GoTime.text(entry.changedAt()));
        if (message.state() == OutboxMessage.State.WAITING) {
            out.field("due_at", GoTime.text(entry.dueAt()));
        }
        out.endObject();
    }
}
