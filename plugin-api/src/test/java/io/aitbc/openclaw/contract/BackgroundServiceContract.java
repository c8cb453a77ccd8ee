package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.api.service.ServiceHealth.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link BackgroundService} does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class BackgroundServiceContract {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private BackgroundService service;

    /** A service that could work; the contract closes it. */
    protected abstract BackgroundService createService();

    /** What it needs is away; does nothing where it needs nothing. */
    protected abstract void cutSurroundings();

    @BeforeEach
    void createSubject() {
        service = createService();
    }

    @AfterEach
    void closeSubject() {
        service.stop();
        service.close();
    }

    private State state() {
        ServiceHealth health = service.health();
        assertThat(health.summary()).isNotBlank().doesNotContain("\n");
        assertThat(health.facts().keySet()).allMatch(name -> name.matches("[a-z][a-z0-9-]*"));
        return health.state();
    }

    private static void atOnce(String what, Runnable call) {
        long start = System.nanoTime();
        call.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(AT_ONCE);
    }

    @Test
    void contract_id_is_a_lower_case_name() {
        assertThat(service.id()).matches("[a-z][a-z0-9._-]*");
    }

    @Test
    void contract_it_works_from_start_to_stop() {
        assertThat(state()).isEqualTo(State.STOPPED);
        atOnce("start", service::start);
        assertThat(state()).isIn(State.RUNNING, State.DEGRADED);
        service.stop();
        assertThat(state()).isEqualTo(State.STOPPED);
    }

    @Test
    void contract_starting_and_stopping_twice_changes_nothing() {
        service.stop();
        assertThat(state()).isEqualTo(State.STOPPED);
        service.start();
        service.start();
        assertThat(state()).isIn(State.RUNNING, State.DEGRADED);
        service.stop();
        service.stop();
        assertThat(state()).isEqualTo(State.STOPPED);
    }

    @Test
    void contract_it_can_be_started_again() {
        service.start();
        service.stop();
        service.start();
        assertThat(state()).isIn(State.RUNNING, State.DEGRADED);
    }

    @Test
    void contract_what_it_needs_may_be_away() {
        cutSurroundings();
        atOnce("start", service::start);
        atOnce("health", () -> assertThat(state()).isIn(State.RUNNING, State.DEGRADED));
        service.stop();
        assertThat(state()).isEqualTo(State.STOPPED);
    }
}
