package io.aitbc.openclaw.bench.receipts;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.bench.LoadedPlugins;
import io.aitbc.openclaw.bench.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many recorded receipts the loaded {@code zk} plugin checks in a second on one thread: reading, canonical form, signature,
 * verdict. The baseline is the JDK's own Ed25519 over bytes that are ready to be checked, so with less to do.
 */
public final class ReceiptsBenchmark implements Benchmark {
    private static final double PER_SECOND = 10_000;
    private static final String JDK = "JDK, signature only";

    /** For the service loader. */
    public ReceiptsBenchmark() {}

    @Override
    public String name() {
        return "receipts";
    }

    @Override
    public String summary() {
        return "receipts checked in a second by one thread";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        Rate rate = new Rate(Duration.ofMillis(options.shortRun() ? 300 : 2000));
        Map<String, Map<String, String>> onlyThis = Map.of("aitbc-provider", Map.of("enabled", "false"));
        try (LoadedPlugins plugins = LoadedPlugins.start(options.workDirectory(), onlyThis)) {
            ProofVerifier verifier = plugins.require(ProofVerifier.class);
            List<BenchmarkRow> rows = new ArrayList<>();
            for (String name : List.of("recorded-small", "recorded-large")) {
                SampleReceipt receipt = SampleReceipt.read(name);
                double rated = rate.perSecond(() -> signed(verifier, receipt));
                rows.add(BenchmarkRow.atLeast(figure(receipt, "at least"), "receipts/s", rated, PER_SECOND)
                        .against(JDK, rate.perSecond(receipt.jdkCheck()::holds)));
            }
            SampleReceipt small = SampleReceipt.read("recorded-small");
            rows.add(BenchmarkRow.of(
                    figure(small, "and its attestation"),
                    "receipts/s",
                    rate.perSecond(() -> attested(verifier, small))));
            SampleReceipt proof = SampleReceipt.read("recorded-with-proof");
            rows.add(BenchmarkRow.of(
                    figure(proof, "and what its ZK proof is about"),
                    "receipts/s",
                    rate.perSecond(() -> signed(verifier, proof))));
            SampleReceipt answer = SampleReceipt.read("long-answer");
            rows.add(BenchmarkRow.of(
                            figure(answer, "not recorded"),
                            "receipts/s",
                            rate.perSecond(() -> signed(verifier, answer)))
                    .against(JDK, rate.perSecond(answer.jdkCheck()::holds)));
            return rows;
        }
    }

    private static String figure(SampleReceipt receipt, String what) {
        return "receipt of %,d characters, %s".formatted(receipt.json().length(), what);
    }

    private static boolean signed(ProofVerifier verifier, SampleReceipt receipt) {
        return level(verifier, receipt, Set.of(SampleReceipt.SIGNER)) == AssuranceLevel.SIGNED;
    }

    private static boolean attested(ProofVerifier verifier, SampleReceipt receipt) {
        Set<String> both = Set.of(SampleReceipt.SIGNER, SampleReceipt.ATTESTER);
        return level(verifier, receipt, both) == AssuranceLevel.ATTESTED;
    }

    private static AssuranceLevel level(ProofVerifier verifier, SampleReceipt receipt, Set<String> trusted) {
        return verifier.verify(new Evidence(Evidence.AITBC_RECEIPT, receipt.json(), trusted))
                .assurance();
    }
}
