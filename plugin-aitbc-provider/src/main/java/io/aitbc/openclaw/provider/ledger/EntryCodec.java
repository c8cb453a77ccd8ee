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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lines of the journal. Most are the whole state of an entry after a change. */
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
        Trail trail = entry.trail();
        trail.payee().ifPresent(payee -> node.put("payee", payee));
        trail.transaction().ifPresent(hash -> node.put("tx", hash));
        trail.payment().ifPresent(verdict -> node.put("paymentCheck", verdict));
        trail.receipt().ifPresent(verdict -> node.put("receiptCheck", verdict));
        return MAPPER.writeValueAsString(node) + "\n";
    }

    static String line(JournalLine.Owned owned) {
        ObjectNode node = MAPPER.createObjectNode().put("v", VERSION).put("owner", owned.reference());
        ArrayNode names = node.putArray("names");
        owned.names().forEach(names::add);
        return MAPPER.writeValueAsString(node) + "\n";
    }

    /** @throws IllegalArgumentException when the line is not one of ours */
    static JournalLine parse(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.path("v").asInt(0) != VERSION) {
                throw new IllegalArgumentException("unknown version");
            }
            if (node.path("segment").isInt()) {
                return new JournalLine.Beginning();
            }
            if (node.path("names").isArray()) {
                return new JournalLine.Owned(
                        text(node, "owner"),
                        node.path("names").values().stream()
                                .map(JsonNode::asString)
                                .toList());
            }
            return new Entry(
                    text(node, "ref"),
                    State.valueOf(text(node, "state")),
                    new TokenAmount(new BigInteger(text(node, "units")), Rail.valueOf(text(node, "rail"))),
                    Instant.parse(text(node, "reserved")),
                    Instant.parse(text(node, "at")),
                    optional(node, "job"),
                    node.path("note").isString() ? text(node, "note") : "",
                    node.path("receipt").isString()
                            ? Optional.of(new Acceptance(text(node, "receipt"), text(node, "answer")))
                            : Optional.empty(),
                    new Trail(
                            optional(node, "payee"),
                            optional(node, "tx"),
                            optional(node, "paymentCheck"),
                            optional(node, "receiptCheck")));
        } catch (JacksonException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("unreadable", e);
        }
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return Optional.of(node.path(field)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException("no " + field);
        }
        return value.stringValue();
    }
}
