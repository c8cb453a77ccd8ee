package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.proof.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proof that snarkjs made, its public signals, and the key it holds under.
 *
 * @param circuit name of the circuit
 * @param kind of evidence, which is also what snarkjs calls the protocol
 * @param json {@code {"key", "signals", "proof"}}
 */
record SampleProof(String circuit, String kind, String json) {
    static final int BATCH = 64;

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Of an AITBC circuit with one public signal. */
    static SampleProof groth16() {
        return new SampleProof("receipt_public", Evidence.GROTH16, text("receipt_public.json"));
    }

    /** Different proofs of the same statement. */
    static List<Evidence> groth16Batch() {
        SampleProof one = groth16();
        List<Evidence> batch = text("receipt_public/others.jsonl")
                .lines()
                .limit(BATCH)
                .map(proof -> one.evidence(MAPPER.readTree(proof)))
                .toList();
        if (Set.copyOf(batch).size() != BATCH) {
            throw new IllegalStateException("the benchmark has no " + BATCH + " different proofs");
        }
        return batch;
    }

    /** Of a circuit with 8 gates and two public signals. A larger circuit takes the same time to verify. */
    static SampleProof plonk() {
        return new SampleProof("sums", Evidence.PLONK, text("sums.json"));
    }

    private static String text(String resource) {
        try (InputStream input = SampleProof.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException("the benchmark has no " + resource);
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The proof as the plugin wants it. Trusting its key or not makes no difference to the time. */
    Evidence evidence() {
        return evidence(MAPPER.readTree(json).get("proof"));
    }

    private Evidence evidence(JsonNode proof) {
        JsonNode claim = MAPPER.readTree(json);
        ObjectNode document = MAPPER.createObjectNode();
        document.put("circuit", circuit);
        document.set("proof", proof);
        document.set("public_signals", claim.get("signals"));
        return new Evidence(kind, document.toString(), Set.of());
    }

    /** Settings of the plugin that pin the key as one of a circuit of the user's own. */
    Map<String, String> settings(Path folder) throws IOException {
        byte[] key = MAPPER.readTree(json).get("key").toString().getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve(circuit + "-key.json"), key);
        return Map.of(
                "circuits.%s.key".formatted(circuit), file.toString(),
                "circuits.%s.key-sha256".formatted(circuit), sha256(key));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
