package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.bench.squarings.Squarings;
import io.aitbc.openclaw.host.http.ProofDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A circuit, keys for it, and a witness of it.
 *
 * @param targetMillis the longest a proof may take
 * @param provingKey {@code .zkey}
 * @param witness {@code .wtns}
 * @param settings of the plugin that have it make proofs of the circuit
 */
record SampleCircuit(
        String name,
        int constraints,
        double targetMillis,
        byte[] provingKey,
        byte[] witness,
        Map<String, String> settings) {
    private static final double RECEIPT_SIZE_MILLIS = 200;

    private static final int MANY_CONSTRAINTS = 10_000;
    private static final double MANY_CONSTRAINTS_MILLIS = 2000;

    /** As fast as 10,000 constraints in 2 s. */
    private static final double RECEIPT_CHAIN_MILLIS = 1450;

    private static final List<String> FILES =
            List.of("circuit.json", "circuit.zkey", "verification_key.json", "witness.wtns");

    /** 736 constraints over full-size numbers, as many as AITBC's receipt_public has, and of the same shape. */
    static SampleCircuit permutation(Path folder) throws IOException {
        Path bundle = Files.createDirectories(folder.resolve("permutation"));
        for (String file : FILES) {
            try (InputStream input = SampleCircuit.class.getResourceAsStream("permutation/" + file)) {
                if (input == null) {
                    throw new IOException("the benchmark has no permutation/" + file);
                }
                Files.write(bundle.resolve(file), input.readAllBytes());
            }
        }
        return bundled("permutation", 736, RECEIPT_SIZE_MILLIS, bundle);
    }

    /** 10,000 constraints over full-size numbers. Making the keys takes seconds. */
    static SampleCircuit squarings(Path folder) throws IOException {
        Squarings squarings = new Squarings(MANY_CONSTRAINTS, new SecureRandom());
        Path bundle = Files.createDirectories(folder.resolve("squarings"));
        byte[] provingKey = squarings.provingKey();
        byte[] verificationKey = squarings.verificationKey().getBytes(StandardCharsets.UTF_8);
        Files.write(bundle.resolve("circuit.zkey"), provingKey);
        Files.write(bundle.resolve("verification_key.json"), verificationKey);
        Files.write(bundle.resolve("witness.wtns"), squarings.witness());
        Files.writeString(bundle.resolve("circuit.json"), """
                {"format": "openclaw-proving-bundle", "version": 1, "name": "squarings",
                 "proves": "a number that was squared again and again, with the last square in signal 0", "signals": ["square"],
                 "not_proven": [], "setup": {"ceremony": false, "record": "one party, for measuring"},
                 "files": {"proving_key": {"name": "circuit.zkey", "sha256": "%s"},
                           "verification_key": {"name": "verification_key.json", "sha256": "%s"}}}
                """.formatted(
                        SampleProof.sha256(provingKey), SampleProof.sha256(verificationKey)));
        return bundled("squarings", MANY_CONSTRAINTS, MANY_CONSTRAINTS_MILLIS, bundle);
    }

    private static SampleCircuit bundled(String name, int constraints, double targetMillis, Path bundle)
            throws IOException {
        return new SampleCircuit(
                name,
                constraints,
                targetMillis,
                Files.readAllBytes(bundle.resolve("circuit.zkey")),
                Files.readAllBytes(bundle.resolve("witness.wtns")),
                Map.of(
                        "circuits.%s.bundle".formatted(name),
                        bundle.toString(),
                        "circuits.%s.bundle-sha256".formatted(name),
                        SampleProof.sha256(Files.readAllBytes(bundle.resolve("circuit.json")))));
    }

    /** The circuit that comes with the plugin, and a made-up receipt. */
    static SampleCircuit receiptChain(Path plugins) throws IOException {
        try (InputStream input = SampleCircuit.class.getResourceAsStream("receipt_chain.wtns.gz")) {
            if (input == null) {
                throw new IOException("the benchmark has no witness of receipt_chain");
            }
            return new SampleCircuit(
                    "receipt_chain",
                    7244,
                    RECEIPT_CHAIN_MILLIS,
                    PluginFiles.find(plugins, "receipt_chain.zkey"),
                    new GZIPInputStream(input).readAllBytes(),
                    Map.of());
        }
    }

    /** The witness has to be computed first. */
    static ProofRequest receiptChainFromInputs() throws IOException {
        try (InputStream input = SampleCircuit.class.getResourceAsStream("receipt_chain.inputs.json")) {
            if (input == null) {
                throw new IOException("the benchmark has no inputs of receipt_chain");
            }
            String json = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            return new ProofRequest("receipt_chain", ProofDocuments.inputs(json));
        }
    }

    ProofRequest request() {
        return new ProofRequest(name, new ProofInput.Witness(witness));
    }
}
