package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.api.service.ServiceHealth.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link BackgroundService} does. */
@Timeout(60)
public abstract class BackgroundServiceContract {
    private BackgroundService service;

    /** A new service that is configured to work and was not started; the contract closes it. */
    protected abstract BackgroundService createService();

    /** What it needs from outside goes away for good. */
    protected abstract void loseTheWorld();

    @BeforeEach
    final void create() {
        service = createService();
    }

    @AfterEach
    final void close() {
        service.stop();
        service.close();
    }

    @Test
    void contract_id_is_lower_case_and_stays() {
        assertThat(service.id()).matches("[a-z0-9][a-z0-9-]*").isEqualTo(service.id());
    }

    @Test
    void contract_nothing_works_before_it_is_started() {
        assertThat(service.health().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void contract_stopping_what_does_not_work_does_nothing() {
        service.stop();
        assertThat(service.health().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void contract_it_works_until_it_is_stopped() {
        service.start();
        assertThat(service.health().state()).isNotEqualTo(State.STOPPED);
        service.start();
        assertThat(service.health().state()).isNotEqualTo(State.STOPPED);
        service.stop();
        assertThat(service.health().state()).isEqualTo(State.STOPPED);
        service.stop();
    }

    @Test
    void contract_it_can_be_started_again() {
        service.start();
        service.stop();
        service.start();
        assertThat(service.health().state()).isNotEqualTo(State.STOPPED);
    }

    @Test
    void contract_what_is_away_is_no_failure_to_start_and_does_not_keep_it_from_stopping() {
        loseTheWorld();
        service.start();
        assertThat(service.health().state()).isIn(State.RUNNING, State.DEGRADED);
        service.stop();
        assertThat(service.health().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void contract_health_is_for_people() {
        service.start();
        ServiceHealth health = service.health();
        assertThat(health.summary()).isNotBlank().doesNotContain("\n");
        assertThat(health.facts()).allSatisfy((name, value) -> {
            assertThat(name).matches("[a-z0-9][a-z0-9-]*");
            assertThat(value).doesNotContain("\n");
        });
    }
}
