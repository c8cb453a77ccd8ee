package io.aitbc.openclaw.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a {@link LoadClient} measured.
 *
 * @param answers whole ones within the measured time
 * @param errors cut, wrong or missing answers, warm-up included
 * @param firstError the first of them
 * @param elapsed measured time
 * @param sortedNanos time of each answer from the first byte sent to the last received, shortest first
 */
public record LoadResult(long answers, long errors, Optional<String> firstError, Duration elapsed, long[] sortedNanos) {

    static LoadResult of(long errors, Optional<String> firstError, Duration elapsed, long[] nanos) {
        Arrays.sort(nanos);
        return new LoadResult(nanos.length, errors, firstError, elapsed, nanos);
    }

    public double answersPerSecond() {
        return elapsed.isZero() ? 0 : answers * 1e9 / elapsed.toNanos();
    }

    /** @param percent 50 for the median; the answer is in milliseconds, NaN when there was no answer */
    public double percentileMillis(double percent) {
        if (sortedNanos.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(percent / 100 * sortedNanos.length) - 1;
        return sortedNanos[Math.clamp(index, 0, sortedNanos.length - 1)] / 1e6;
    }
}
