package io.aitbc.openclaw.bench.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OutboxStormTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void every_operation_arrives_exactly_once_and_in_order_through_kills_and_a_failing_network() throws Exception {
        StormResult result = new OutboxStorm(20, 30, 3, Duration.ofSeconds(120)).play(folder, new Random(7));

        assertThat(result.lost()).isEmpty();
        assertThat(result.doubled()).isZero();
        assertThat(result.disordered()).isZero();
        assertThat(result.once()).isEqualTo(600);
        assertThat(result.faults()).isPositive();
    }

    @Test
    void receiver_counts_what_comes_twice_too_early_or_never() {
        Tally tally = new Tally(2, 3);
        assertThat(tally.take(new Operation(0, 0), 0)).isTrue();
        assertThat(tally.take(new Operation(0, 2), 0)).isTrue();
        assertThat(tally.take(new Operation(0, 1), 0)).isTrue();
        assertThat(tally.take(new Operation(0, 1), 0)).isTrue();
        assertThat(tally.disordered()).isEqualTo(2);
        assertThat(tally.doubled()).isEqualTo(1);
        assertThat(tally.arrivedOnce()).isEqualTo(2);
        assertThat(tally.lost(new int[] {3, 1})).containsExactly("1/0");
    }

    @Test
    void attempts_that_were_given_up_come_too_late() {
        Tally tally = new Tally(1, 1);
        Operation operation = new Operation(0, 0);
        assertThat(tally.look(operation, 1)).isFalse();
        assertThat(tally.take(operation, 0)).isFalse();
        assertThat(tally.take(operation, 1)).isTrue();
        assertThat(tally.look(operation, 2)).isTrue();
    }
}
