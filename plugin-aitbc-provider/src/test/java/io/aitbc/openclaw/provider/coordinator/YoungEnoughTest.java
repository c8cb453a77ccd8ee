package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedHttp;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether anything may be paid in the network of a coordinator, which is asked how old it is and nothing else. */
@Timeout(60)
class YoungEnoughTest {
    private final ScriptedHttp coordinator = new ScriptedHttp();

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private void require(Profile lowest) {
        Account account =
                new Account(Optional.of(Wallet.of(TestingServices.KEY)), Optional.empty(), Optional.empty(), lowest);
        try (CoordinatorServices services = TestingServices.of(coordinator, account)) {
            services.coordinator().requireYoungEnough(new CallScope());
        }
    }

    @Test
    void a_coordinator_of_march_is_too_old_where_the_current_protocol_is_the_lowest() {
        coordinator.answer("GET /v1/jobs", 200, "{\"items\":[]}");
        assertThat(Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> require(Profile.CURRENT)))
                .hasMessageContaining("lowest-profile = march");
        assertThat(coordinator.requests()).hasSize(1);
    }

    @Test
    void a_current_one_is_young_enough() {
        coordinator.on("GET /v1/jobs", call -> {
            call.exchange().getResponseHeaders().add("WWW-Authenticate", "Bearer");
            call.send(401, "{\"detail\":\"Not authenticated\"}");
        });
        require(Profile.CURRENT);
        assertThat(coordinator.count("GET /v1/jobs")).isEqualTo(1);
    }

    @Test
    void one_that_does_not_let_it_be_seen_is_not() {
        coordinator.answer("GET /v1/jobs", 503, "<html>Service unavailable</html>");
        assertThat(Failures.assertFails(ErrorCode.UNREACHABLE, () -> require(Profile.CURRENT)))
                .hasMessageContaining("its age cannot be seen");
        coordinator.close();
        Failures.assertFails(ErrorCode.UNREACHABLE, () -> require(Profile.CURRENT));
    }

    @Test
    void nobody_is_asked_where_every_protocol_will_do() {
        require(Profile.MARCH);
        assertThat(coordinator.requests()).isEmpty();
    }
}
