package io.aitbc.openclaw.provider.ledger;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One line of the journal: the whole state of an entry after a change. */
final class EntryCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int VERSION = 1;

    private EntryCodec() {}

    static String line(Entry entry) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("v", VERSION)
                .put("at", entry.updatedAt().toString())
                .put("ref", entry.reference())
                .put("state", entry.state().name())
                .put("units", entry.amount().units().toString())
                .put("rail", entry.amount().rail().name())
                .put("reserved", entry.reservedAt().toString());
        entry.jobId().ifPresent(job -> node.put("job", job));
        if (!entry.note().isEmpty()) {
            node.put("note", entry.note());
        }
        entry.acceptance()
                .ifPresent(first -> node.put("receipt", first.receiptId()).put("answer", first.answerDigest()));
        return MAPPER.writeValueAsString(node) + "\n";
    }

    /** @throws IllegalArgumentException when the line is not one of ours */
    static Entry parse(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.path("v").asInt(0) != VERSION) {
                throw new IllegalArgumentException("unknown version");
            }
            return new Entry(
                    text(node, "ref"),
                    State.valueOf(text(node, "state")),
                    new TokenAmount(new BigInteger(text(node, "units")), Rail.valueOf(text(node, "rail"))),
                    Instant.parse(text(node, "reserved")),
                    Instant.parse(text(node, "at")),
                    node.path("job").isString() ? Optional.of(text(node, "job")) : Optional.empty(),
                    node.path("note").isString() ? text(node, "note") : "",
                    node.path("receipt").isString()
                            ? Optional.of(new Acceptance(text(node, "receipt"), text(node, "answer")))
                            : Optional.empty());
        } catch (JacksonException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("unreadable", e);
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException("no " + field);
        }
        return value.stringValue();
    }
}
