package io.aitbc.openclaw.devnet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groth16 proofs that the prover of the real network made. The devnet has no pairing arithmetic: to it a proof verifies when
 * it is one of these, with the public signals it was made for, and any other one does not.
 */
final class RecordedProofs {
    /** SHA-256 of the proving key of {@code receipt_public}, which the network gives as the id of every proof. */
    static final String CIRCUIT_HASH = "9c780c45716ee8e2925ae7d922fffbc21cfc4546486d5f8ff217dcdff96376dc";

    static final String RECEIPT_CIRCUIT = "receipt_public";
    static final String INFERENCE_CIRCUIT = "ml_inference_verification";
    static final List<String> CIRCUITS = List.of(
            RECEIPT_CIRCUIT, "receipt_simple", INFERENCE_CIRCUIT, "ml_training_verification", "modular_ml_components");

    private static final List<String> POINTS = List.of("pi_a", "pi_b", "pi_c");

    /**
     * The job a proof was made for.
     *
     * @param zkProofRequired whether its client asked for the proof
     */
    record Job(String jobId, String receiptId, ObjectNode payload, boolean zkProofRequired) {}

    /**
     * A recorded proof.
     *
     * @param receipt the four numbers of the receipt it is about, of {@code receipt_public} only
     * @param input what it was made from, where that is known
     */
    record Recorded(
            String name,
            String circuit,
            ObjectNode proof,
            JsonNode signals,
            Optional<JsonNode> receipt,
            Optional<JsonNode> input,
            Optional<Job> job) {}

    private final List<Recorded> all;
    private final Set<String> known = new HashSet<>();

    private RecordedProofs(List<Recorded> all) {
        this.all = all;
        all.forEach(recorded -> known.add(fingerprint(recorded.circuit(), recorded.proof(), recorded.signals())));
    }

    static RecordedProofs load() {
        List<Recorded> all = new ArrayList<>();
        for (JsonNode entry : file().values()) {
            all.add(new Recorded(
                    entry.path("name").stringValue(),
                    entry.path("circuit").stringValue(),
                    (ObjectNode) entry.path("proof"),
                    entry.path("public_signals"),
                    Optional.ofNullable(entry.get("receipt")),
                    Optional.ofNullable(entry.get("input")),
                    Optional.ofNullable(entry.get("job")).map(RecordedProofs::job)));
        }
        return new RecordedProofs(List.copyOf(all));
    }

    private static JsonNode file() {
        try (InputStream in =
                Objects.requireNonNull(RecordedProofs.class.getResourceAsStream("recorded-proofs.json"))) {
            return Json.parse(in.readAllBytes()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recorded proofs", e);
        }
    }

    private static Job job(JsonNode entry) {
        return new Job(
                entry.path("job_id").stringValue(),
                entry.path("receipt_id").stringValue(),
                (ObjectNode) entry.path("payload"),
                entry.path("zk_proof_required").booleanValue());
    }

    List<Recorded> all() {
        return all;
    }

    Recorded named(String name) {
        return all.stream()
                .filter(recorded -> recorded.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no recorded proof is called " + name));
    }

    /** @return why it does not verify, empty when it does */
    Optional<String> refusal(String circuit, JsonNode proof, JsonNode signals) {
        if (!CIRCUITS.contains(circuit)) {
            return Optional.of("Unknown circuit: " + circuit);
        }
        if (!(proof instanceof ObjectNode object)
                || POINTS.stream().anyMatch(point -> !object.path(point).isArray())) {
            return Optional.of("Malformed proof");
        }
        return known.contains(fingerprint(circuit, object, signals))
                ? Optional.empty()
                : Optional.of("Not one of the proofs recorded for the devnet");
    }

    /** Only the points and the signals count, as in the pairing. */
    private static String fingerprint(String circuit, ObjectNode proof, JsonNode signals) {
        ObjectNode parts = Json.object().put("circuit", circuit);
        POINTS.forEach(point -> parts.set(point, proof.path(point)));
        parts.set("signals", signals);
        return CanonicalJson.text(parts);
    }
}
