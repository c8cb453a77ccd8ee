package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("sets up the logging of the whole JVM")
class LoggingSetupTest {
    @Test
    void what_becomes_of_plugins_is_told_unless_only_errors_are_asked_for() {
        LoggerContext real = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger plugins = real.getLogger("io.aitbc.openclaw.plugins");
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
}
