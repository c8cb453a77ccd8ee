package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.host.http.ProofDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A circuit that circom compiled and snarkjs made keys for, and a witness of it.
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
        return new SampleCircuit(
                "permutation",
                736,
                RECEIPT_SIZE_MILLIS,
                Files.readAllBytes(bundle.resolve("circuit.zkey")),
                Files.readAllBytes(bundle.resolve("witness.wtns")),
                Map.of(
                        "circuits.permutation.bundle", bundle.toString(),
                        "circuits.permutation.bundle-sha256",
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
