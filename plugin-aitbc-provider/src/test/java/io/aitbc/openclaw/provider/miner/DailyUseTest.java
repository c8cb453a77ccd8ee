package io.aitbc.openclaw.provider.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.contract.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyUseTest {
    @TempDir
    Path folder;

    private final TestingClock clock = new TestingClock();
    private Path file;

    @BeforeEach
    void locate() {
        file = folder.resolve("day.json");
    }

    private DailyUse use(int jobs, long seconds) {
        return new DailyUse(
                file,
                new MinerSettings.DailyLimit(
                        jobs == 0 ? OptionalInt.empty() : OptionalInt.of(jobs),
                        seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds))),
                clock);
    }

    @Test
    void jobs_are_counted_across_restarts_until_the_day_turns() {
        use(2, 0).begin();
        assertThat(use(2, 0).exhausted()).isFalse();
        DailyUse second = use(2, 0);
        second.begin();
        assertThat(second.exhausted()).isTrue();
        assertThat(use(2, 0).exhausted()).as("restarted").isTrue();
        clock.advance(Duration.ofDays(1));
        assertThat(second.exhausted()).as("tomorrow").isFalse();
        assertThat(use(2, 0).exhausted()).as("restarted tomorrow").isFalse();
    }

    @Test
    void time_is_limited_too() {
        DailyUse use = use(0, 10);
        use.worked(Duration.ofSeconds(9));
        assertThat(use.exhausted()).isFalse();
        use.worked(Duration.ofSeconds(1));
        assertThat(use.exhausted()).isTrue();
        assertThat(use.text()).isEqualTo("0 jobs, 10 of 10 s");
    }

    @Test
    void a_damaged_file_starts_at_zero() throws IOException {
        for (String damage : new String[] {"", "{", "[]", "{\"day\":\"2026-11-22\",\"jobs\":-5,\"millis\":\"x\"}"}) {
            Files.writeString(file, damage);
            assertThat(use(1, 1).exhausted()).as(damage).isFalse();
        }
    }
}
