package io.aitbc.openclaw.engine.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionGateTest {
    private final List<String> told = new ArrayList<>();
    /** As System.nanoTime() may: below zero, and soon beyond its largest number. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());

    private OllamaFixture fixture;
    private VersionGate gate;

    @BeforeEach
    void open() {
        fixture = new OllamaFixture();
        gate = new VersionGate(new OllamaHttp(fixture.options().build()), this::refusal, now::get);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Optional<String> refusal(String version) {
        told.add(version);
        return version.equals("0.16.9") ? Optional.of("too old") : Optional.empty();
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void isNow(String version) {
        fixture.ollama.always("/api/version", ScriptedAnswer.json(200, "{\"version\":\"%s\"}".formatted(version)));
    }

    @Test
    void a_good_version_is_asked_for_again_after_a_minute() {
        gate.pass();
        later(Duration.ofSeconds(59));
        gate.pass();
        assertThat(told).containsExactly("0.33.3");

        isNow("0.34.0");
        later(Duration.ofSeconds(1));
        gate.pass();
        later(Duration.ofSeconds(59));
        gate.pass();

        assertThat(told).containsExactly("0.33.3", "0.34.0");
    }

    @Test
    void an_ollama_that_was_exchanged_for_an_old_one_is_refused_within_a_minute_and_asked_until_it_is_good() {
        gate.pass();
        isNow("0.16.9");
        later(Duration.ofMinutes(1));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(gate::pass)
                    .isInstanceOf(OpenClawException.class)
                    .hasMessageContaining(fixture.ollama.url() + " is not used: too old");
        }
        isNow("0.33.3");
        gate.pass();

        assertThat(told).containsExactly("0.33.3", "0.16.9", "0.16.9", "0.33.3");
    }

    @Test
    void one_that_was_away_is_asked_at_once() {
        gate.pass();
        gate.forget();
        gate.pass();

        assertThat(told).hasSize(2);
    }
}
