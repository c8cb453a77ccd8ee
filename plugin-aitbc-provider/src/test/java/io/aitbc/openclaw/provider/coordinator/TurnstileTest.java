package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnstileTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @ParameterizedTest
    @EnumSource(
            value = RouteClass.class,
            names = {"NONCE", "LOGIN", "SUBMIT", "CANCEL", "JOB", "JOB_LIST", "PROOF", "RATES"})
    void no_minute_holds_more_calls_than_the_network_documents(RouteClass route) {
        Turnstile turnstile = new Turnstile(route, Pace.DOCUMENTED);
        Random random = new Random(20261125);
        Deque<Long> calls = new ArrayDeque<>();
        long now = -5 * MINUTE;
        int most = 0;
        int total = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(10) == 0 ? random.nextLong(20 * SECOND) : random.nextLong(SECOND / 2);
            long wait = turnstile.take(now, 2 * SECOND);
            if (wait >= 0) {
                calls.add(now + wait);
                total++;
                while (calls.getLast() - calls.getFirst() >= MINUTE) {
                    calls.removeFirst();
                }
                most = Math.max(most, calls.size());
            }
        }
        assertThat(most).isLessThanOrEqualTo(route.perMinute());
        assertThat(total).as("calls that got a turn").isGreaterThan(1000);
    }

    @Test
    void what_has_no_documented_limit_does_not_wait() {
        Turnstile turnstile = new Turnstile(RouteClass.PAYMENT, Pace.DOCUMENTED);
        for (int i = 0; i < 1000; i++) {
            assertThat(turnstile.take(i, 0)).isZero();
        }
    }

    @Test
    void learning_begins_with_the_first_refusal_and_ends_after_ten_minutes() {
        Turnstile turnstile = new Turnstile(RouteClass.SUBMIT, Pace.LEARNED);
        for (int i = 0; i < 1000; i++) {
            assertThat(turnstile.take(i, 0)).isZero();
        }
        turnstile.refused(1000, 60 * SECOND);

        assertThat(turnstile.take(1001, MINUTE * 2)).isEqualTo(60 * SECOND - 1);
        assertThat(turnstile.take(1001, MINUTE * 2)).isGreaterThan(61 * SECOND);
        long later = 1000 + 11 * MINUTE;
        for (int i = 0; i < 1000; i++) {
            assertThat(turnstile.take(later, 0)).isZero();
        }
    }

    @Test
    void a_refusal_closes_the_route_for_those_who_have_a_turn_already() {
        Turnstile turnstile = new Turnstile(RouteClass.JOB, Pace.DOCUMENTED);
        assertThat(turnstile.take(0, 0)).isZero();
        assertThat(turnstile.closed(1)).isFalse();

        turnstile.refused(1, 60 * SECOND);

        assertThat(turnstile.closed(2)).isTrue();
        assertThat(turnstile.closed(61 * SECOND)).isFalse();
    }

    @Test
    void a_turn_that_comes_too_late_is_not_taken() {
        Turnstile turnstile = new Turnstile(RouteClass.SUBMIT, Pace.DOCUMENTED);
        while (turnstile.take(0, 0) >= 0) {
            // until the burst is used up
        }
        long first = turnstile.take(0, 0);
        assertThat(first).isNegative();
        assertThat(turnstile.take(0, 0)).isEqualTo(first);
    }

    @Test
    void repeated_refusals_slow_down_and_quiet_minutes_speed_up_again() {
        Turnstile turnstile = new Turnstile(RouteClass.JOB, Pace.DOCUMENTED);
        turnstile.refused(0, SECOND);
        turnstile.refused(2 * SECOND, SECOND);
        turnstile.refused(4 * SECOND, SECOND);
        long slow = interval(turnstile, 5 * SECOND);
        assertThat(slow).isGreaterThan(2 * RouteClass.JOB.interval());

        assertThat(interval(turnstile, 9 * MINUTE)).isLessThan(slow).isEqualTo(RouteClass.JOB.interval());
    }

    private static long interval(Turnstile turnstile, long now) {
        long last = 0;
        for (int i = 0; i < 500; i++) {
            last = turnstile.take(now, Long.MAX_VALUE / 4);
        }
        return turnstile.take(now, Long.MAX_VALUE / 4) - last;
    }
}
