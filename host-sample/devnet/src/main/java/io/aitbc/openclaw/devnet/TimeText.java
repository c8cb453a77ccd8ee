package io.aitbc.openclaw.devnet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The forms in which the real services write an instant. */
final class TimeText {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    private TimeText() {}

    /** {@code 2026-11-22T11:35:24.490314Z}: models of the coordinator. */
    static String zulu(Instant instant) {
        return local(instant) + "Z";
    }

    /** {@code 2026-11-22T11:35:24.490314+00:00}: login, escrow, offers. */
    static String offset(Instant instant) {
        return local(instant) + "+00:00";
    }

    /** {@code 2026-11-22T11:35:24.490314+00:00Z}, which no standard allows: error bodies, GPU list. */
    static String broken(Instant instant) {
        return local(instant) + "+00:00Z";
    }

    /** Python leaves the fraction out when it is zero. */
    private static String local(Instant instant) {
        Instant micros = instant.truncatedTo(ChronoUnit.MICROS);
        DateTimeFormatter format = micros.equals(instant.truncatedTo(ChronoUnit.SECONDS)) ? SECONDS : MICROS;
        return format.format(micros.atOffset(ZoneOffset.UTC));
    }
}
