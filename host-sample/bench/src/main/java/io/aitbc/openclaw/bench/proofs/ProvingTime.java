package io.aitbc.openclaw.bench.proofs;

import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How long a proof takes, from the request to the proof that was checked, warm. Of wall time and processor time the lesser one, as for
 * {@link SnarkjsPeer}.
 */
final class ProvingTime {
    private static final int LEAST = 2;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Duration round;

    /** @param round how long is measured; as long is warmed up */
    ProvingTime(Duration round) {
        this.round = round;
    }

    double millis(ProofGenerator generator, ProofRequest request) {
        double _ = once(generator, request, 1);
        return once(generator, request, LEAST);
    }

    private double once(ProofGenerator generator, ProofRequest request, int least) {
        List<Double> walls = new ArrayList<>();
        long before = processorNanos();
        long start = System.nanoTime();
        while (System.nanoTime() - start < round.toNanos() || walls.size() < least) {
            long began = System.nanoTime();
            if (generator.submit(request).result().notProven().isEmpty()) {
                throw new IllegalStateException("a proof leaves nothing open");
            }
            walls.add((System.nanoTime() - began) / 1e6);
        }
        double processor = (processorNanos() - before) / 1e6 / walls.size();
        Collections.sort(walls);
        return Math.min(walls.get(walls.size() / 2), processor);
    }

    /** Of all threads that live; the prover's own is one of them. */
    private long processorNanos() {
        return Arrays.stream(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }
}
