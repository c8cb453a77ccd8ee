package io.aitbc.openclaw.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** How often something can be done in a second of processor time of one thread: what others do on the machine counts less. */
public final class Rate {
    private static final int ROUNDS = 5;
    private static final int BATCH = 10;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Duration round;

    /** @param round how long each of the rounds takes; as many again warm up */
    public Rate(Duration round) {
        this.round = round;
    }

    /** @throws IllegalStateException as soon as it does not succeed */
    public double perSecond(BooleanSupplier work) {
        double[] rates = new double[2 * ROUNDS];
        Arrays.setAll(rates, i -> round(work));
        double[] warm = Arrays.copyOfRange(rates, ROUNDS, rates.length);
        Arrays.sort(warm);
        return warm[ROUNDS / 2];
    }

    private double round(BooleanSupplier work) {
        long end = System.nanoTime() + round.toNanos();
        long start = threads.getCurrentThreadCpuTime();
        long done = 0;
        do {
            for (int i = 0; i < BATCH; i++) {
                if (!work.getAsBoolean()) {
                    throw new IllegalStateException("what is measured did not succeed");
                }
            }
            done += BATCH;
        } while (System.nanoTime() - end < 0);
        return done * 1e9 / (threads.getCurrentThreadCpuTime() - start);
    }
}
