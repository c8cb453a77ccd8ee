package io.aitbc.openclaw.jmh;

import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.evidence.CircuitProofVerifier;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Proofs from their JSON to the verdict, as a caller of the plugin has them checked, one thread. {@code ./run bench proofs} shows these figures. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerdictJmh {
    private static final int BATCH = 64;

    private final Evidence groth16 =
            evidence(Evidence.GROTH16, "receipt_public", "receipt_public", text("receipt_public/proof.json"));
    private final List<Evidence> batch = text("receipt_public/others.jsonl")
            .lines()
            .limit(BATCH)
            .map(proof -> evidence(Evidence.GROTH16, "receipt_public", "receipt_public", proof))
            .toList();
    private final Evidence plonk = evidence(Evidence.PLONK, "sums", "plonk_sums", text("plonk_sums/proof.json"));
    private final CircuitProofVerifier verifier = verifier();

    private static String text(String file) {
        return ProofsJmh.text("proofs/" + file);
    }

    private static Evidence evidence(String kind, String circuit, String folder, String proof) {
        String document = "{\"circuit\":\"%s\",\"proof\":%s,\"public_signals\":%s}"
                .formatted(circuit, proof, text(folder + "/public.json"));
        return new Evidence(kind, document, Set.of());
    }

    /** Keys of circuits that are not AITBC's come from files. */
    private static CircuitProofVerifier verifier() {
        byte[] key = text("plonk_sums/verification_key.json").getBytes(StandardCharsets.UTF_8);
        try {
            Path file = Files.createTempFile("plonk-key", ".json");
            try {
                Files.write(file, key);
                Map<String, String> settings =
                        Map.of("circuits.sums.key", file.toString(), "circuits.sums.key-sha256", KeyFile.sha256(key));
                return new CircuitProofVerifier(
                        new Circuits(new PluginConfig("plugins.zk", settings)), new SecureRandom());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public Verdict groth16() {
        return valid(verifier.verify(groth16));
    }

    /** All proofs are different. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Verdict> groth16Batch() {
        List<Verdict> verdicts = verifier.verifyAll(batch);
        verdicts.forEach(VerdictJmh::valid);
        return verdicts;
    }

    @Benchmark
    public Verdict plonk() {
        return valid(verifier.verify(plonk));
    }

    private static Verdict valid(Verdict verdict) {
        if (!verdict.valid()) {
            throw new IllegalStateException(verdict.reason());
        }
        return verdict;
    }
}
