package io.aitbc.openclaw.host.http.json;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;

/** Times and durations as Go writes and reads them. */
public final class GoTime {
    /** What Go writes for a time that was never set. */
    public static final String ZERO = "0001-01-01T00:00:00Z";

    private static final String[] UNITS = {"ns", "us", "µs", "μs", "ms", "s", "m", "h"};
    private static final double[] UNIT_NANOS = {1, 1e3, 1e3, 1e3, 1e6, 1e9, 60e9, 3600e9};

    private final InstantSource clock;
    private long second = Long.MIN_VALUE;
    private String prefix = "";

    /** Writes the times of one answer: the seconds of successive events are mostly the same. Not safe for several threads. */
    public GoTime(InstantSource clock) {
        this.clock = clock;
    }

    /** Now, RFC 3339 with nanoseconds, UTC. */
    public String now() {
        Instant now = clock.instant();
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            String whole = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(second));
            prefix = whole.substring(0, whole.length() - 1);
        }
        return withFraction(prefix, now.getNano());
    }

    /** RFC 3339 with as many digits as needed, UTC. */
    public static String text(Instant time) {
        String whole = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(time.getEpochSecond()));
        return withFraction(whole.substring(0, whole.length() - 1), time.getNano());
    }

    private static String withFraction(String prefix, int nanos) {
        if (nanos == 0) {
            return prefix + "Z";
        }
        StringBuilder text =
                new StringBuilder(prefix.length() + 11).append(prefix).append('.');
        String digits = Integer.toString(nanos);
        text.repeat('0', 9 - digits.length()).append(digits);
        while (text.charAt(text.length() - 1) == '0') {
            text.setLength(text.length() - 1);
        }
        return text.append('Z').toString();
    }

    /**
     * Parses {@code 5m}, {@code 1h30m}, {@code -1s}, {@code 0}.
     *
     * @throws JsonFailure in the words of Go's {@code time.ParseDuration}
     */
    public static Duration duration(String text) {
        int i = 0;
        boolean negative = text.startsWith("-");
        if (negative || text.startsWith("+")) {
            i++;
        }
        if (text.substring(i).equals("0")) {
            return Duration.ZERO;
        }
        if (i == text.length()) {
            throw invalid(text);
        }
        double nanos = 0;
        while (i < text.length()) {
            int end = i;
            while (end < text.length() && (text.charAt(end) == '.' || isDigit(text.charAt(end)))) {
                end++;
            }
            double value = parse(text.substring(i, end), text);
            int unitEnd = end;
            while (unitEnd < text.length() && text.charAt(unitEnd) != '.' && !isDigit(text.charAt(unitEnd))) {
                unitEnd++;
            }
            nanos += value * unit(text.substring(end, unitEnd), text);
            i = unitEnd;
        }
        if (nanos > Long.MAX_VALUE) {
            throw invalid(text);
        }
        return Duration.ofNanos((long) (negative ? -nanos : nanos));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static double parse(String digits, String text) {
        if (digits.isEmpty() || digits.equals(".") || digits.indexOf('.') != digits.lastIndexOf('.')) {
            throw invalid(text);
        }
        return Double.parseDouble(digits);
    }

    private static double unit(String unit, String text) {
        if (unit.isEmpty()) {
            throw new JsonFailure("time: missing unit in duration \"" + text + "\"");
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return UNIT_NANOS[i];
            }
        }
        throw new JsonFailure("time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
    }

    private static JsonFailure invalid(String text) {
        return new JsonFailure("time: invalid duration \"" + text + "\"");
    }
}
