package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.bench.Rate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long proofs take from their JSON to the verdict, in milliseconds for each proof.
 *
 * @param iterations of JMH behind each figure; 0 without JMH
 */
record VerificationFigures(double groth16, double batched, double plonk, int iterations) {
    private static final double GROTH16_MILLIS = 4;
    private static final double BATCHED_MILLIS = 1.2;
    private static final double PLONK_MILLIS = 8;
    private static final double TIMES_FASTER = 4;

    /**
     * Measured by JMH.
     *
     * @param millis by method of {@code VerdictJmh}
     */
    static VerificationFigures of(Map<String, Double> millis, int iterations) throws IOException {
        return new VerificationFigures(
                figure(millis, "groth16"), figure(millis, "groth16Batch"), figure(millis, "plonk"), iterations);
    }

    private static double figure(Map<String, Double> millis, String method) throws IOException {
        Double figure = millis.get(method);
        if (figure == null) {
            throw new IOException("JMH did not measure %s, only %s".formatted(method, millis.keySet()));
        }
        return figure;
    }

    /** Measured here: processor time of the loaded plugin. */
    static VerificationFigures timed(Rate rate, ProofVerifier verifier) {
        List<Evidence> batch = SampleProof.groth16Batch();
        return new VerificationFigures(
                millis(rate, verifier, SampleProof.groth16()),
                1000 / rate.perSecond(() -> verifier.verifyAll(batch).stream().allMatch(Verdict::valid)) / batch.size(),
                millis(rate, verifier, SampleProof.plonk()),
                0);
    }

    private static double millis(Rate rate, ProofVerifier verifier, SampleProof proof) {
        Evidence evidence = proof.evidence();
        return 1000 / rate.perSecond(() -> verifier.verify(evidence).valid());
    }

    List<BenchmarkRow> rows(OptionalDouble peerGroth16, OptionalDouble peerPlonk) {
        List<BenchmarkRow> rows = new ArrayList<>();
        rows.add(BenchmarkRow.of("JMH behind the figures of proofs checked; 0: not here", "iterations", iterations));
        add(rows, "Groth16", groth16, GROTH16_MILLIS, peerGroth16);
        rows.add(BenchmarkRow.atMost(
                        "Groth16, each in a batch of %d, at most".formatted(SampleProof.BATCH),
                        "ms",
                        batched,
                        BATCHED_MILLIS)
                .against("one at a time", groth16));
        add(rows, "PLONK", plonk, PLONK_MILLIS, peerPlonk);
        return rows;
    }

    private static void add(List<BenchmarkRow> rows, String name, double millis, double target, OptionalDouble peer) {
        BenchmarkRow row = BenchmarkRow.atMost(name + ", at most", "ms", millis, target);
        if (peer.isEmpty()) {
            rows.add(row);
            return;
        }
        rows.add(row.against(SnarkjsPeer.NAME, peer.getAsDouble()));
        rows.add(BenchmarkRow.atLeast(
                name + ", faster than snarkjs, at least", "times", peer.getAsDouble() / millis, TIMES_FASTER));
    }
}
