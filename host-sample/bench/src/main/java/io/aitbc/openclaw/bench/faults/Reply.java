package io.aitbc.openclaw.bench.faults;

import java.time.Duration;

/**
 * What a client saw.
 *
 * @param status of HTTP
 * @param text all pieces of the answer together
 * @param done whether the answer was called whole
 * @param error text of the error, empty without one
 * @param provider who answered, as the last line says; empty when it does not
 * @param time until the end
 * @param stopped whether the work behind the answer was seen to stop in time, after the client had left
 */
record Reply(int status, String text, boolean done, String error, String provider, Duration time, boolean stopped) {
    static Reply left(boolean stopped, Duration time) {
        return new Reply(0, "", false, "", "", time, stopped);
    }

    /** For people. */
    String summary() {
        if (status == 0) {
            return "the work %s after %d ms".formatted(stopped ? "stopped" : "was still going on", time.toMillis());
        }
        StringBuilder summary = new StringBuilder().append(status);
        if (!text.isEmpty()) {
            summary.append(" \"").append(shortened(text)).append('"');
        }
        if (!provider.isEmpty()) {
            summary.append(" from ").append(provider);
        }
        if (!error.isEmpty()) {
            summary.append(" error \"").append(shortened(error)).append('"');
        }
        return summary.append(done ? ", done" : ", not done")
                .append(" after ")
                .append(time.toMillis())
                .append(" ms")
                .toString();
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 140 ? line : line.substring(0, 139) + "…";
    }
}
