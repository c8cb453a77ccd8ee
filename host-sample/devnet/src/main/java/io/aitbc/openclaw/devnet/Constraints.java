package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a job asks of a miner: always all 15 keys, unknown ones are dropped in silence. */
final class Constraints {
    private static final List<String> NAMES = List.of(
            "gpu",
            "cuda",
            "min_vram_gb",
            "models",
            "region",
            "max_price",
            "zk_proof_required",
            "tee_attestation_required",
            "tee_enclave_id",
            "min_reputation",
            "auto_reinvest_pct",
            "bond_required",
            "min_bond_amount",
            "confidential",
            "required_enclave_measurement");
    private static final Set<String> FLAGS =
            Set.of("zk_proof_required", "tee_attestation_required", "bond_required", "confidential");
    private static final Set<String> NUMBERS =
            Set.of("max_price", "min_reputation", "auto_reinvest_pct", "min_bond_amount");

    private final ObjectNode json;

    private Constraints(ObjectNode json) {
        this.json = json;
    }

    static Constraints parse(Optional<ObjectNode> given) {
        ObjectNode source = given.orElseGet(Json::object);
        ObjectNode json = Json.object();
        for (String name : NAMES) {
            Optional<JsonNode> value = Validation.present(source, name);
            value.ifPresent(present -> check(name, present));
            JsonNode absent = FLAGS.contains(name) ? json.booleanNode(false) : json.nullNode();
            json.set(name, value.orElse(absent));
        }
        return new Constraints(json);
    }

    private static void check(String name, JsonNode value) {
        String field = "body.constraints." + name;
        if (FLAGS.contains(name)) {
            Validation.flag(value, field);
        } else if (NUMBERS.contains(name)) {
            Validation.number(value, field);
        } else if (name.equals("min_vram_gb")) {
            Validation.integer(value, field);
        } else if (!name.equals("models")) {
            Validation.text(value, field);
        } else if (!value.isArray()) {
            throw Validation.failure(field, "Input should be a valid list", "list_type");
        } else {
            for (int i = 0; i < value.size(); i++) {
                Validation.text(value.path(i), field + "." + i);
            }
        }
    }

    ObjectNode json() {
        return json;
    }

    JsonNode value(String name) {
        return json.path(name);
    }

    boolean flag(String name) {
        return value(name).asBoolean(false);
    }

    Optional<String> text(String name) {
        return Json.text(json, name);
    }

    Optional<BigDecimal> number(String name) {
        JsonNode value = value(name);
        return value.isNull() ? Optional.empty() : Optional.of(Validation.number(value, name));
    }

    List<String> models() {
        return value("models").valueStream().map(JsonNode::stringValue).toList();
    }
}
