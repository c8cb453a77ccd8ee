package io.aitbc.openclaw.provider.direct;

import java.time.Duration;

/**
 * What an endpoint may take.
 *
 * @param firstByte until the first line of an answer; a cold model has to be loaded within it
 * @param idle between two lines
 * @param total for a whole answer
 * @param lineBytes longest line
 * @param answerBytes longest answer
 */
public record DirectLimits(Duration firstByte, Duration idle, Duration total, int lineBytes, long answerBytes) {
    /** With the usual sizes: lines of 1 MiB, answers of 32 MiB. */
    public static DirectLimits of(Duration firstByte, Duration idle, Duration total) {
        return new DirectLimits(firstByte, idle, total, 1 << 20, 32L << 20);
    }
}
