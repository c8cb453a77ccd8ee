package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.bench.LoadedPlugins;
import io.aitbc.openclaw.bench.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.FutureTask;

/**
 * How long the {@code zk} plugin takes for zero-knowledge proofs, from their JSON to the verdict, warm, on one thread: measured by JMH where it is
 * there, else here. The peer is snarkjs, which is handed objects that are parsed.
 */
public final class ProofsBenchmark implements Benchmark {
    private static final int MANY_RECORDS = 100_000;
    private static final int FEW_RECORDS = 10_000;

    /** For the service loader. */
    public ProofsBenchmark() {}

    @Override
    public String name() {
        return "proofs";
    }

    @Override
    public String summary() {
        return "Groth16 and PLONK proofs checked, Groth16 proofs made, by one thread, next to snarkjs, and the proof chain";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        SampleProof groth16 = SampleProof.groth16();
        SampleProof plonk = SampleProof.plonk();
        FutureTask<SampleCircuit> keys = new FutureTask<>(() -> SampleCircuit.squarings(options.workDirectory()));
        Thread.ofPlatform().daemon().name("keys").start(keys);
        Path peerFolder = Files.createDirectories(options.workDirectory().resolve("snarkjs"));
        Optional<SnarkjsPeer> peer = SnarkjsPeer.install(peerFolder);
        SampleCircuit squarings = keys.get();
        double peerSeconds = options.shortRun() ? 1 : 5;
        OptionalDouble peerGroth16 = peer.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(peer.get().millis(groth16, peerSeconds));
        OptionalDouble peerPlonk = peer.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(peer.get().millis(plonk, peerSeconds));
        SampleCircuit permutation = SampleCircuit.permutation(options.workDirectory());
        Map<String, String> ofPlugin = new HashMap<>(plonk.settings(options.workDirectory()));
        ofPlugin.putAll(permutation.settings());
        ofPlugin.putAll(squarings.settings());
        Map<String, Map<String, String>> settings =
                Map.of("zk", ofPlugin, "aitbc-provider", Map.of("enabled", "false"));
        Path data = Files.createDirectories(options.workDirectory().resolve("data"));
        Optional<VerificationFigures> byJmh = byJmh(options);
        List<BenchmarkRow> rows;
        try (LoadedPlugins plugins = LoadedPlugins.start(data, settings)) {
            VerificationFigures figures = byJmh.isPresent()
                    ? byJmh.get()
                    : VerificationFigures.timed(
                            new Rate(Duration.ofMillis(options.shortRun() ? 200 : 2000)),
                            plugins.require(ProofVerifier.class));
            rows = figures.rows(peerGroth16, peerPlonk);
            ProvingTime time = new ProvingTime(Duration.ofMillis(options.shortRun() ? 500 : 10_000));
            ProofGenerator generator = plugins.require(ProofGenerator.class);
            SampleCircuit receiptChain = SampleCircuit.receiptChain(LoadedPlugins.folder());
            for (SampleCircuit circuit : List.of(permutation, squarings, receiptChain)) {
                boolean slow = options.shortRun() && circuit.constraints() > permutation.constraints();
                OptionalDouble ofPeer = peer.isEmpty() || slow
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(peer.get().millis(circuit, options.shortRun() ? 0.5 : peerSeconds));
                rows.add(proving(circuit, time.millis(generator, circuit.request()), ofPeer));
            }
            rows.add(BenchmarkRow.atMost(
                            "the same from inputs, witness included, at most",
                            "ms",
                            time.millis(generator, SampleCircuit.receiptChainFromInputs()),
                            receiptChain.targetMillis())
                    .against("from a witness", rows.getLast().value()));
        }
        int records = options.shortRun() ? FEW_RECORDS : MANY_RECORDS;
        Path log = Files.createDirectories(options.workDirectory().resolve("log"));
        Rate rateOfBundles = new Rate(Duration.ofMillis(options.shortRun() ? 100 : 2000));
        rows.addAll(
                ProofLogFigures.measure(log, settings, records, rateOfBundles).rows());
        return rows;
    }

    /** Empty where JMH is not beside this installation. */
    private static Optional<VerificationFigures> byJmh(BenchmarkOptions options)
            throws IOException, InterruptedException {
        Optional<JmhRun> jmh = JmhRun.beside(LoadedPlugins.home());
        if (jmh.isEmpty()) {
            return Optional.empty();
        }
        JmhRun.Effort effort = options.shortRun() ? JmhRun.Effort.SHORT : JmhRun.Effort.FULL;
        return Optional.of(VerificationFigures.of(
                jmh.get().millis("VerdictJmh", effort, options.workDirectory()), effort.counted()));
    }

    static BenchmarkRow proving(SampleCircuit circuit, double millis, OptionalDouble peer) {
        BenchmarkRow row = BenchmarkRow.atMost(
                "Groth16 proof made, %,d constraints, at most".formatted(circuit.constraints()),
                "ms",
                millis,
                circuit.targetMillis());
        return peer.isEmpty() ? row : row.against(SnarkjsPeer.NAME, peer.getAsDouble());
    }
}
