package io.aitbc.openclaw.provider.coordinator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Times as the network writes them: RFC 3339, with a blank instead of the {@code T}, with {@code +00:00Z} at the end,
 * without any zone (which means UTC), or seconds since 1970.
 */
final class Times {
    private Times() {}

    static Optional<Instant> parse(String text) {
        String time = text.strip();
        if (time.length() > 40) {
            return Optional.empty();
        }
        try {
            if (time.matches("\\d{1,12}(\\.\\d{1,9})?")) {
                return Optional.of(seconds(time));
            }
            if (time.length() > 10 && time.charAt(10) == ' ') {
                time = time.substring(0, 10) + 'T' + time.substring(11);
            }
            if (time.matches(".*[+-]\\d\\d:\\d\\dZ")) {
                time = time.substring(0, time.length() - 1);
            }
            boolean zoned = time.endsWith("Z") || time.matches(".*T.*[+-]\\d\\d:\\d\\d");
            return Optional.of(
                    zoned
                            ? OffsetDateTime.parse(time).toInstant()
                            : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Instant seconds(String time) {
        int dot = time.indexOf('.');
        if (dot < 0) {
            return Instant.ofEpochSecond(Long.parseLong(time));
        }
        long nanos = Long.parseLong((time.substring(dot + 1) + "000000000").substring(0, 9));
        return Instant.ofEpochSecond(Long.parseLong(time.substring(0, dot)), nanos);
    }
}
