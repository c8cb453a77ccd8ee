package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {
    private final LoggerContext loggers = new LoggerContext();

    private String line(String message, KeyValuePair... pairs) {
        LoggingEvent event =
                new LoggingEvent("", loggers.getLogger("io.aitbc.Some"), Level.INFO, message, null, new Object[0]);
        for (KeyValuePair pair : pairs) {
            event.addKeyValuePair(pair);
        }
        return new String(new LogLines().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void message_is_followed_by_its_pairs() {
        assertThat(line("done", new KeyValuePair("job", "j-1"))).endsWith(" INFO  Some - done job=\"j-1\"\n");
        assertThat(line("grüße")).endsWith(" INFO  Some - grüße\n");
    }

    @Test
    void time_is_the_clock_s() {
        assertThat(line("done")).matches("(?s)[0-2]\\d:[0-5]\\d:[0-5]\\d\\.\\d{3} INFO .*");
    }

    @Test
    void failure_and_its_causes_say_where_they_began() {
        Exception failure = new IllegalStateException("no\nway", new IOException());
        LoggingEvent event =
                new LoggingEvent("", loggers.getLogger("Some"), Level.WARN, "lost", failure, new Object[0]);

        assertThat(new String(new LogLines().encode(event), StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(" WARN  Some - lost"),
                        what -> assertThat(what).isEqualTo("java.lang.IllegalStateException: no?way"),
                        where -> assertThat(where).startsWith("\tat ").contains("LogLinesTest.failure_and"),
                        cause -> assertThat(cause).isEqualTo("Caused by: java.io.IOException"),
                        where -> assertThat(where).startsWith("\tat ").contains("LogLinesTest.failure_and"));
    }

    @Test
    void what_a_client_sent_cannot_forge_a_line() {
        assertThat(line(
                        "model 'a\r\n12:00 ERROR x\u001b[31m\u0085\u2028' not found",
                        new KeyValuePair("path", "/a\nb")))
                .endsWith(" - model 'a??12:00 ERROR x?[31m??' not found path=\"/a?b\"\n");
    }
}
