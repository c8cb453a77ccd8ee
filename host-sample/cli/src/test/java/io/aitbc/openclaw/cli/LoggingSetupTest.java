package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LoggingSetupTest {
    private final LoggerContext loggers = new LoggerContext();

    private String line(String message, KeyValuePair... pairs) {
        LoggingEvent event =
                new LoggingEvent("", loggers.getLogger("io.aitbc.Some"), Level.INFO, message, null, new Object[0]);
        for (KeyValuePair pair : pairs) {
            event.addKeyValuePair(pair);
        }
        return new String(LoggingSetup.encoder(loggers).encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void message_is_followed_by_its_pairs() {
        assertThat(line("done", new KeyValuePair("job", "j-1"))).endsWith(" INFO  Some - done job=\"j-1\"\n");
        assertThat(line("grüße")).endsWith(" INFO  Some - grüße\n");
    }

    @Test
    void what_becomes_of_plugins_is_told_unless_only_errors_are_asked_for() {
        LoggerContext real = (LoggerContext) LoggerFactory.getILoggerFactory();
        ch.qos.logback.classic.Logger plugins = real.getLogger("io.aitbc.openclaw.plugins");
        try {
            for (String level : List.of("warn", "error", "debug")) {
                assertThat(LoggingSetup.level(level)).isTrue();
                LoggingSetup.tellOfPlugins();
                assertThat(plugins.isInfoEnabled()).as(level).isEqualTo(!level.equals("error"));
            }
        } finally {
            assertThat(LoggingSetup.level("warn")).isTrue();
        }
        assertThat(plugins.isInfoEnabled()).isFalse();
    }

    @Test
    void what_a_client_sent_cannot_forge_a_line() {
        assertThat(line(
                        "model 'a\r\n12:00 ERROR x\u001b[31m\u0085\u2028' not found",
                        new KeyValuePair("path", "/a\nb")))
                .endsWith(" - model 'a??12:00 ERROR x?[31m??' not found path=\"/a?b\"\n");
    }
}
