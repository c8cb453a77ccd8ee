package io.aitbc.openclaw.bench.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times of the same thing done again and again. Safe for many threads. */
final class Samples {
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    interface Work {
        void run() throws Exception;
    }

    void time(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        add(System.nanoTime() - start);
    }

    void add(long took) {
        nanos.add(took);
    }

    /**
     * In milliseconds, by nearest rank.
     *
     * @throws IllegalStateException when there is none
     */
    double percentile(int percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        Collections.sort(sorted);
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(rank, 1) - 1) / 1e6;
    }
}
