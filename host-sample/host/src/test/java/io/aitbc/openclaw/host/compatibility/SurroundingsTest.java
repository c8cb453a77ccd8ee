package io.aitbc.openclaw.host.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.aitbc.openclaw.contract.TestingClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("reads what others log too")
class SurroundingsTest {
    private static Surroundings surroundings(CompatibilityPolicy policy) {
        return new Surroundings(Judge::shipped, policy, new TestingClock());
    }

    @Test
    void an_old_server_is_refused_only_where_that_is_required() {
        Surroundings warning = surroundings(CompatibilityPolicy.WARN);
        Surroundings requiring = surroundings(CompatibilityPolicy.REQUIRE);

        assertThat(warning.server("ollama", "http://o", "0.16.9")).isEmpty();
        assertThat(requiring.server("ollama", "http://o", "0.16.9").orElseThrow())
                .contains("0.16.9", "CVE-2026-7482", "update Ollama");
        assertThat(requiring.server("ollama", "http://o", "0.17.1")).isEmpty();
        assertThat(requiring.server("ollama", "http://o", "")).isEmpty();
        assertThat(warning.seen().getFirst().judgement().verdict()).isEqualTo(Verdict.BELOW_FLOOR);
    }

    @Test
    void each_version_is_logged_once_and_a_bad_one_as_a_warning() {
        Logger logger = (Logger) LoggerFactory.getLogger(Surroundings.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            Surroundings surroundings = surroundings(CompatibilityPolicy.WARN);
            for (String version : List.of("0.16.9", "0.16.9", "0.33.3", "0.33.3", "0.16.9")) {
                surroundings.server("ollama", "http://o", version);
            }
            assertThat(log.list.stream().filter(event -> event.getLevel() == ch.qos.logback.classic.Level.WARN))
                    .hasSize(2)
                    .allMatch(event -> event.getFormattedMessage().contains("CVE-2026-7482"));
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void clients_are_remembered_once_for_each_version_and_never_without_limit() {
        Surroundings surroundings = surroundings(CompatibilityPolicy.WARN);
        for (int i = 0; i < 500; i++) {
            surroundings.client("ollama-js/0.6.4 (x64 linux Node.js/v24." + i % 3 + ".0)");
        }
        surroundings.client("openclaw-aitbc/0.1.0");
        assertThat(surroundings.seen()).as("our own commands are none").hasSize(1);
        assertThat(surroundings.seen().getFirst().judgement().verdict()).isEqualTo(Verdict.TESTED);

        for (int i = 0; i < 500; i++) {
            surroundings.client("strange-" + i + "/1." + i);
        }
        assertThat(surroundings.seen()).hasSizeLessThanOrEqualTo(64);
        assertThat(surroundings.otherRequests()).isGreaterThan(400);
    }
}
