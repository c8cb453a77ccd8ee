package io.aitbc.openclaw.host.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTimeTest {
    @ParameterizedTest
    @CsvSource({
        "5m, PT5M",
        "1h30m, PT1H30M",
        "-1s, PT-1S",
        "0, PT0S",
        "1.5s, PT1.5S",
        "100ms, PT0.1S",
        "24h, PT24H",
        "1us, PT0.000001S",
    })
    void duration(String text, Duration duration) {
        assertThat(GoTime.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | time: invalid duration \"abc\"",
                "5 | time: missing unit in duration \"5\"",
                "1d | time: unknown unit \"d\" in duration \"1d\"",
                "- | time: invalid duration \"-\"",
                "1.2.3s | time: invalid duration \"1.2.3s\"",
                "999999999999999h | time: invalid duration \"999999999999999h\"",
            })
    void wrong_duration(String text, String problem) {
        assertThatThrownBy(() -> GoTime.duration(text)).hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T12:34:08.780899948Z, 2026-11-22T12:34:08.780899948Z",
        "2026-11-22T12:34:08.7Z, 2026-11-22T12:34:08.7Z",
        "2026-11-22T12:34:08.000001Z, 2026-11-22T12:34:08.000001Z",
        "2026-11-22T12:34:00Z, 2026-11-22T12:34:00Z",
    })
    void time_has_as_many_digits_as_needed(Instant time, String text) {
        assertThat(GoTime.text(time)).isEqualTo(text);
        assertThat(new GoTime(InstantSource.fixed(time)).now()).isEqualTo(text);
    }

    @Test
    void next_second_is_noticed() {
        Instant[] now = {Instant.parse("2026-11-22T12:34:08.9Z")};
        GoTime time = new GoTime(() -> now[0]);
        time.now();
        now[0] = Instant.parse("2026-11-22T12:34:09.1Z");

        assertThat(time.now()).isEqualTo("2026-11-22T12:34:09.1Z");
    }
}
