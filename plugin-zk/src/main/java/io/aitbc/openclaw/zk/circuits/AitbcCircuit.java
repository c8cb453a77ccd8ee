package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.snarkjs.CircuitKey;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Circuits of AITBC whose keys are known, by the hash of {@code verification_key.json} as snarkjs exports it. Trees of the same source have keys
 * of the same name that differ, hence the hash. None of the circuits proves that a model computed anything.
 */
public enum AitbcCircuit {
    RECEIPT_PUBLIC(
            "4bdbbb4075c8d39786de911498b63909c851e82946cd7ecebc9dd401296023ce",
            new Circuit(
                    "receipt_public",
                    "four numbers with the Poseidon hash in signal 0",
                    List.of("Poseidon hash of four numbers that were derived from a receipt"),
                    Map.of(),
                    true,
                    List.of("what the four numbers mean: check the proof together with its receipt, as "
                            + "aitbc-receipt-proof"))),
    RECEIPT_SIMPLE(
            "2ffbfb8182e97161e3f86ad511eceb5c542eb8c4c0394f6d13890a1392374f22",
            new Circuit(
                    "receipt_simple",
                    "four numbers and their Poseidon hash, all of them secret",
                    List.of(),
                    Map.of(),
                    false,
                    List.of(
                            "anything about a receipt: the circuit has no public signal, so one proof fits all receipts"))),
    ML_INFERENCE_VERIFICATION(
            "6f0ce92c0e9e9fe5f44e919fdbbca898ecc561fb5b89d686f4d898b2e013f9ce",
            new Circuit(
                    "ml_inference_verification",
                    "secret numbers x, w, b and e with x*w + b = e",
                    List.of("1 - (x*w + b - e)^2 for secret x, w, b and e: 1 if they agree"),
                    Map.of(
                            0,
                            new Circuit.RequiredSignal(
                                    "1", "the result does not agree with what was expected: x*w + b is not e")),
                    false,
                    List.of("anything about a model or an answer: all numbers are secret, zeros would do")));

    private final String keySha256;
    private final Circuit circuit;

    AitbcCircuit(String keySha256, Circuit circuit) {
        this.keySha256 = keySha256;
        this.circuit = circuit;
    }

    public String keySha256() {
        return keySha256;
    }

    public Circuit circuit() {
        return circuit;
    }

    static Optional<AitbcCircuit> named(String name) {
        for (AitbcCircuit known : values()) {
            if (known.circuit.name().equals(name)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** Parsed and prepared anew on each call. */
    CircuitKey readKey() {
        String resource = "keys/%s.json".formatted(circuit.name());
        try (InputStream input = AitbcCircuit.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new AssertionError(resource + " is not in the plugin");
            }
            return KeyFile.read(input.readAllBytes(), keySha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedDocumentException e) {
            throw new AssertionError("%s of the plugin: %s".formatted(resource, e.getMessage()), e);
        }
    }
}
