package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedHttp;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two protocols, told apart by one question. */
@Timeout(30)
class ProfileTest {
    private static final String MARCH_VIEW = """
            {"job_id":"j1","state":"QUEUED","assigned_miner_id":null,"requested_at":"2026-03-01T10:00:00.123456",
             "expires_at":"2026-03-01T10:15:00.123456","error":null,"payment_id":"p1","payment_status":"escrowed"}""";

    private final ScriptedHttp coordinator = new ScriptedHttp();
    private final CallScope scope = new CallScope();

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private CoordinatorServices services(Optional<Profile> fixed) {
        return TestingServices.of(
                coordinator,
                new Account(Optional.of(Wallet.of(TestingServices.KEY)), Optional.of("client-key"), fixed));
    }

    /** A coordinator of March: an API key opens everything, there is no login. */
    private void march() {
        coordinator.on("GET /v1/jobs", call -> {
            if (call.header("X-Api-Key").equals("client-key")) {
                call.send(200, "{\"items\":[%s],\"total\":1,\"limit\":1,\"offset\":0}".formatted(MARCH_VIEW));
            } else {
                call.send(401, "{\"detail\":\"invalid api key\"}");
            }
        });
        coordinator.on("GET /v1/jobs/j1", call -> {
            boolean right = call.header("X-Api-Key").equals("client-key")
                    && call.header("Authorization").isEmpty();
            call.send(right ? 200 : 401, right ? MARCH_VIEW : "{\"detail\":\"invalid api key\"}");
        });
        coordinator.answer("GET /v1/jobs/j1/payment", 200, """
                {"job_id":"j1","payment_id":"p1","amount":1.5,"currency":"AITBC","status":"escrowed","transaction_hash":null}""");
    }

    /** A current one: without a token there is a challenge. */
    private void current() {
        TestingServices.login(coordinator);
        for (String path : new String[] {"GET /v1/jobs", "GET /v1/jobs/j1"}) {
            coordinator.on(path, call -> {
                if (call.header("Authorization").equals("Bearer token-1")) {
                    call.send(200, path.endsWith("j1") ? MARCH_VIEW : "{\"items\":[]}");
                } else {
                    call.exchange().getResponseHeaders().add("WWW-Authenticate", "Bearer");
                    call.send(401, "{\"detail\":\"Authentication required\"}");
                }
            });
        }
    }

    @Test
    void a_coordinator_that_takes_the_key_speaks_the_protocol_of_march() {
        march();
        try (CoordinatorServices services = services(Optional.empty())) {
            JobView job = services.coordinator().job("j1", Duration.ZERO, scope);

            assertThat(services.coordinator().profile(scope)).isEqualTo(Profile.MARCH);
            assertThat(job.requestedAt()).contains(Instant.parse("2026-03-01T10:00:00.123456Z"));
            assertThat(job.showsPayload()).isFalse();
            assertThat(services.coordinator()
                            .jobPayment("j1", scope)
                            .orElseThrow()
                            .amount())
                    .contains(new BigDecimal("1.5"));
            assertThat(coordinator.count("GET /v1/jobs")).as("asked once").isEqualTo(1);
            assertThat(coordinator.count("POST /v1/auth/nonce")).isZero();
        }
    }

    @Test
    void a_coordinator_that_wants_a_token_gets_one_and_is_asked_once() {
        current();
        try (CoordinatorServices services = services(Optional.empty())) {
            services.coordinator().job("j1", Duration.ZERO, scope);
            services.coordinator().job("j1", Duration.ZERO, scope);

            assertThat(services.coordinator().profile(scope)).isEqualTo(Profile.CURRENT);
            assertThat(coordinator.count("GET /v1/jobs")).isEqualTo(1);
            assertThat(coordinator.count("POST /v1/login")).isEqualTo(1);
        }
    }

    @Test
    void a_profile_that_is_configured_is_not_asked_for() {
        march();
        try (CoordinatorServices services = services(Optional.of(Profile.MARCH))) {
            services.coordinator().job("j1", Duration.ZERO, scope);

            assertThat(coordinator.count("GET /v1/jobs")).isZero();
        }
    }

    @Test
    void a_coordinator_that_is_exchanged_for_a_newer_one_is_asked_again() {
        march();
        try (CoordinatorServices services = services(Optional.empty())) {
            services.coordinator().job("j1", Duration.ZERO, scope);
            current();

            services.coordinator().job("j1", Duration.ZERO, scope);

            assertThat(services.coordinator().profile(scope)).isEqualTo(Profile.CURRENT);
        }
    }

    @Test
    void without_a_key_the_failure_says_what_to_do() {
        coordinator.answer("GET /v1/jobs", 401, "{\"detail\":\"invalid api key\"}");
        try (CoordinatorServices services = TestingServices.of(
                coordinator,
                new Account(Optional.of(Wallet.of(TestingServices.KEY)), Optional.empty(), Optional.empty()))) {
            assertThat(Failures.assertFails(
                            ErrorCode.MISSING_KEY, () -> services.coordinator().job("j1", Duration.ZERO, scope)))
                    .hasMessageContaining("plugins.aitbc-provider.api-key");
        }
    }

    @Test
    void a_current_coordinator_whose_challenge_was_swallowed_is_signed_in_to() {
        coordinator.answer("GET /v1/jobs", 401, "{\"detail\":\"Authentication required\"}");
        TestingServices.login(coordinator);
        coordinator.answer("GET /v1/jobs/j1", 200, MARCH_VIEW);
        try (CoordinatorServices services = TestingServices.of(
                coordinator,
                new Account(Optional.of(Wallet.of(TestingServices.KEY)), Optional.empty(), Optional.empty()))) {
            services.coordinator().job("j1", Duration.ZERO, scope);

            assertThat(services.coordinator().profile(scope)).isEqualTo(Profile.CURRENT);
        }
    }

    @Test
    void an_answer_that_says_nothing_is_not_remembered() {
        coordinator.answer("GET /v1/jobs", 503, "<html>");
        TestingServices.login(coordinator);
        coordinator.answer("GET /v1/jobs/j1", 200, MARCH_VIEW);
        try (CoordinatorServices services = services(Optional.empty())) {
            services.coordinator().job("j1", Duration.ZERO, scope);
            march();

            assertThat(services.coordinator().profile(scope)).isEqualTo(Profile.MARCH);
        }
    }

    @Test
    void answers_to_the_question_are_told_apart() {
        assertThat(ProfileProbe.read(new Reply(401, "", Optional.empty(), true)))
                .contains(Profile.CURRENT);
        assertThat(ProfileProbe.read(new Reply(403, "", Optional.empty()))).contains(Profile.CURRENT);
        assertThat(ProfileProbe.read(new Reply(401, "", Optional.empty()))).contains(Profile.MARCH);
        assertThat(ProfileProbe.read(new Reply(422, "", Optional.empty()))).contains(Profile.MARCH);
        assertThat(ProfileProbe.read(new Reply(200, "", Optional.empty()))).contains(Profile.MARCH);
        assertThat(ProfileProbe.read(new Reply(429, "", Optional.empty()))).isEmpty();
        assertThat(ProfileProbe.read(new Reply(502, "", Optional.empty()))).isEmpty();
    }
}
