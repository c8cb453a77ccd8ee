package io.aitbc.openclaw.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * An event as one line: local time, level, who, what, the pairs, and under it where a failure and its causes began. Written by
 * hand because a start waits for logging, and logback's patterns take as long to be made as the port to be opened.
 */
final class LogLines extends EncoderBase<ILoggingEvent> {
    private static final int LEVEL_WIDTH = 5;
    private static final int MOST_CAUSES = 8;
    private static final byte[] NOTHING = new byte[0];

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        time(line, Instant.ofEpochMilli(event.getTimeStamp()));
        String level = event.getLevel().toString();
        line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length() + 1);
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(" - ");
        printable(line, event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                printable(line.append(' '), pair.key);
                printable(line.append("=\""), String.valueOf(pair.value));
                line.append('"');
            }
        }
        line.append(System.lineSeparator());
        failures(line, event.getThrowableProxy());
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void time(StringBuilder line, Instant instant) {
        LocalTime time = LocalTime.ofInstant(instant, ZoneId.systemDefault());
        digits(line, time.getHour(), 2).append(':');
        digits(line, time.getMinute(), 2).append(':');
        digits(line, time.getSecond(), 2).append('.');
        digits(line, time.getNano() / 1_000_000, 3);
    }

    private static StringBuilder digits(StringBuilder line, int number, int width) {
        String digits = Integer.toString(number);
        return line.repeat('0', width - digits.length()).append(digits);
    }

    private static void failures(StringBuilder line, @Nullable IThrowableProxy failure) {
        IThrowableProxy next = failure;
        for (int i = 0; next != null && i < MOST_CAUSES; i++) {
            line.append(i == 0 ? "" : "Caused by: ").append(next.getClassName());
            if (next.getMessage() != null) {
                printable(line.append(": "), next.getMessage());
            }
            line.append(System.lineSeparator());
            if (next.getStackTraceElementProxyArray().length > 0) {
                line.append("\tat ")
                        .append(next.getStackTraceElementProxyArray()[0].getStackTraceElement())
                        .append(System.lineSeparator());
            }
            next = next.getCause();
        }
    }

    /** Control characters are replaced: what a client or a miner sent must not look like a line of its own. */
    private static void printable(StringBuilder line, @Nullable String text) {
        String shown = String.valueOf(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
    }
}
