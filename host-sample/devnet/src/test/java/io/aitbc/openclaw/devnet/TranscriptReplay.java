package io.aitbc.openclaw.devnet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the recorded requests of a real coordinator to a devnet and compares statuses and the shapes of the bodies: keys,
 * types, nulls. Identifiers the devnet hands out take the place of the recorded ones.
 */
final class TranscriptReplay {
    private static final String CHAIN = "CHAIN ";

    /** What may be null or not from run to run, as facts about the real network say. */
    private static final Set<String> SOMETIMES_NULL = Set.of("transaction_hash");

    private static final Set<String> IDENTIFIERS =
            Set.of("job_id", "payment_id", "nonce", "transaction_hash", "contract_id");

    /** Values that are part of the protocol and have to be the recorded ones. */
    private static final Set<String> WORDS = Set.of(
            "detail",
            "state",
            "error",
            "status",
            "payment_status",
            "zk_status",
            "tee_status",
            "reinvest_status",
            "currency",
            "amount",
            "code",
            "message",
            "field",
            "type",
            "status_code",
            "assigned_miner_id",
            "version",
            "alg",
            "unit_type",
            "payment_method",
            "total",
            "limit",
            "offset",
            "output",
            "payload",
            "constraints",
            "provider",
            "zk_proof",
            "zk_proof_id",
            "verified",
            "computation_correct");

    private final TestingHttp coordinator;
    private final TestingHttp chain;
    private final Map<String, String> identifiers = new LinkedHashMap<>();
    private final Map<String, String> clientHeaders;
    private final List<String> differences = new ArrayList<>();

    TranscriptReplay(Devnet devnet, Map<String, String> clientHeaders) {
        coordinator = new TestingHttp(devnet.coordinatorUrl());
        chain = new TestingHttp(devnet.chainUrl());
        this.clientHeaders = clientHeaders;
    }

    List<String> differences() {
        return List.copyOf(differences);
    }

    /** Sends one recorded request and notes how the answer differs. */
    void play(JsonNode entry) {
        JsonNode request = entry.path("req");
        play(entry, "", request.isObject() ? mapped(WireJson.text(request)) : "");
    }

    /** @param query added to the path, where the recording left it out */
    void play(JsonNode entry, String query, String body) {
        String target = mapped(entry.path("path").stringValue()) + query;
        String path = target.startsWith(CHAIN) ? target.substring(CHAIN.length()) : target;
        TestingHttp http = path.startsWith("/rpc/") ? chain : coordinator;
        TestingHttp.Answer answer = http.send(entry.path("method").stringValue(), path, headers(entry), body);
        String name = "'%s' %s %s"
                .formatted(entry.path("note").asString(""), entry.path("method").asString(""), path);
        if (answer.status() != entry.path("status").intValue()) {
            differences.add("%s: status %d instead of %d: %s"
                    .formatted(name, answer.status(), entry.path("status").intValue(), answer.text()));
            return;
        }
        entry.path("resp_headers").properties().forEach(header -> compareHeader(name, header, answer));
        if (!answer.text().isEmpty() || entry.path("resp").isObject()) {
            compare(name, entry.path("resp"), answer.json());
        }
    }

    private void compareHeader(String name, Map.Entry<String, JsonNode> recorded, TestingHttp.Answer answer) {
        String value = answer.header(recorded.getKey()).orElse("(missing)");
        boolean same = recorded.getKey().equals("x-request-id")
                ? !value.equals("(missing)")
                : value.equals(recorded.getValue().stringValue());
        if (!same) {
            differences.add(name + ": header " + recorded.getKey() + " is " + value);
        }
    }

    /** Compares an answer that was awaited rather than requested once. */
    void compare(String name, JsonNode recorded, JsonNode actual) {
        compare(name, "", recorded, actual);
    }

    private void compare(String name, String path, JsonNode recorded, JsonNode actual) {
        if (recorded instanceof ObjectNode object && actual.isObject()) {
            Set<String> wanted = new java.util.TreeSet<>(object.propertyNames());
            Set<String> got = new java.util.TreeSet<>(actual.propertyNames());
            if (!wanted.equals(got)) {
                differences.add("%s: %s has %s instead of %s".formatted(name, path, got, wanted));
                return;
            }
            wanted.forEach(key -> compareProperty(name, path + "/" + key, key, object, actual));
        } else if (recorded.isArray() && actual.isArray()) {
            if (recorded.size() != actual.size()) {
                differences.add(
                        "%s: %s has %d items instead of %d".formatted(name, path, actual.size(), recorded.size()));
                return;
            }
            for (int i = 0; i < recorded.size(); i++) {
                compare(name, path + "/" + i, recorded.path(i), actual.path(i));
            }
        } else if (!type(recorded).equals(type(actual))) {
            differences.add("%s: %s is %s instead of %s".formatted(name, path, actual, recorded));
        }
    }

    private void compareProperty(String name, String path, String key, ObjectNode recorded, JsonNode actual) {
        JsonNode was = recorded.path(key);
        JsonNode is = actual.path(key);
        if (IDENTIFIERS.contains(key) && was.isString() && is.isString()) {
            identifiers.putIfAbsent(was.stringValue(), is.stringValue());
        }
        if (SOMETIMES_NULL.contains(key) && (is.isNull() || is.isString()) && (was.isNull() || was.isString())) {
            return;
        }
        if (WORDS.contains(key) && !mapped(WireJson.text(was)).equals(WireJson.text(is))) {
            differences.add("%s: %s is %s instead of %s".formatted(name, path, is, was));
            return;
        }
        compare(name, path, was, is);
    }

    /** Integers and floats are kept apart: signatures do so too. */
    private static String type(JsonNode node) {
        return node.isNumber()
                ? node.isIntegralNumber() ? "integer" : "float"
                : node.getNodeType().name();
    }

    String mapped(String text) {
        String mapped = text;
        for (Map.Entry<String, String> entry : identifiers.entrySet()) {
            mapped = mapped.replace(entry.getKey(), entry.getValue());
        }
        return mapped;
    }

    private Map<String, String> headers(JsonNode entry) {
        Map<String, String> headers = new HashMap<>();
        if (entry.path("req").isObject()) {
            headers.put("Content-Type", "application/json");
        }
        entry.path("req_headers").properties().forEach(header -> {
            boolean token = header.getValue().stringValue().startsWith("Bearer eyJ");
            headers.put(header.getKey(), header.getValue().stringValue());
            if (token) {
                headers.putAll(clientHeaders);
            }
        });
        return headers;
    }
}
