package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedHttp;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all clients of a plugin share: connections, and the limits of the network. */
@Timeout(60)
class ConnectionsTest {
    private static final String JOB = "{\"job_id\":\"j1\",\"state\":\"QUEUED\"}";

    private final ScriptedHttp coordinator = new ScriptedHttp();
    private final CallScope scope = new CallScope();

    @BeforeEach
    void start() {
        TestingServices.login(coordinator);
        coordinator.answer("GET /v1/jobs/j1", 200, JOB);
        coordinator.answer("GET /v1/marketplace/offer", 200, "{\"offers\":[]}");
        coordinator.answer("GET /v1/exchange/rates", 200, "{}");
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Test
    void many_calls_of_all_clients_use_one_connection() {
        try (CoordinatorServices services = TestingServices.of(coordinator)) {
            for (int i = 0; i < 100; i++) {
                services.coordinator().job("j1", Duration.ZERO, scope);
                services.marketplace().softwareOffers(scope);
                services.market().rates(scope);
            }
        }
        assertThat(coordinator.requests()).hasSizeGreaterThan(300);
        assertThat(coordinator.connections()).isEqualTo(1);
    }

    @Test
    void calls_at_the_same_time_use_few_connections() throws Exception {
        try (CoordinatorServices services = TestingServices.of(coordinator);
                ExecutorService executor = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 500; i++) {
                executor.execute(() -> services.coordinator().job("j1", Duration.ZERO, new CallScope()));
            }
            executor.shutdown();
            assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(coordinator.count("GET /v1/jobs/j1")).isEqualTo(500);
        // More connections than the pool keeps idle (5) would be made over and over.
        assertThat(coordinator.connections()).isLessThan(100);
    }

    @Test
    void one_refusal_stops_all_callers_of_the_route_and_no_others() {
        coordinator.on("GET /v1/jobs/j1", call -> {
            call.exchange().getResponseHeaders().add("Retry-After", "60");
            call.send(429, "{\"detail\":\"Rate limit exceeded\"}");
        });
        try (CoordinatorServices services = TestingServices.of(coordinator)) {
            for (int i = 0; i < 20; i++) {
                Failures.assertFails(
                        ErrorCode.OVERLOADED, () -> services.coordinator().job("j1", Duration.ofSeconds(1), scope));
            }
            assertThat(coordinator.count("GET /v1/jobs/j1")).isEqualTo(1);
            assertThat(services.marketplace().softwareOffers(scope)).isEmpty();
        }
    }

    @Test
    void a_short_pause_is_waited_for_and_callers_do_not_come_back_together() {
        AtomicInteger refusals = new AtomicInteger(1);
        coordinator.on("GET /v1/jobs/j1", call -> {
            if (refusals.getAndDecrement() > 0) {
                call.exchange().getResponseHeaders().add("Retry-After", "1");
                call.send(429, "{\"detail\":\"Rate limit exceeded\"}");
            } else {
                call.send(200, JOB);
            }
        });
        try (CoordinatorServices services = TestingServices.of(coordinator)) {
            long start = System.nanoTime();

            services.coordinator().job("j1", Duration.ofSeconds(5), scope);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(coordinator.count("GET /v1/jobs/j1")).isEqualTo(2);
        }
    }

    @Test
    void the_documented_pace_is_kept_without_being_told() {
        coordinator.answer("GET /v1/zk/info", 200, "{\"available_circuits\":[]}");
        try (CoordinatorServices services = documented()) {
            long start = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                services.proofs().circuits(scope);
            }
            // 50 a minute: five at once, then one after the other.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void many_jobs_are_looked_at_together_when_there_is_no_room_for_each() throws Exception {
        coordinator.answer("GET /v1/jobs", 200, "{\"items\":[%s]}".formatted(JOB));
        try (CoordinatorServices services = documented();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                executor.execute(() -> services.coordinator().job("j1", Duration.ofMinutes(1), new CallScope()));
            }
            executor.shutdown();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(coordinator.count("GET /v1/jobs/j1"))
                .as("200 a minute are allowed")
                .isLessThan(60);
        assertThat(coordinator.count("GET /v1/jobs")).isBetween(1L, 20L);
    }

    private CoordinatorServices documented() {
        Account account = new Account(
                Optional.of(Wallet.of(TestingServices.KEY)), Optional.empty(), Optional.of(Profile.CURRENT));
        return TestingServices.of(coordinator, account, Pace.DOCUMENTED, Duration.ZERO);
    }

    @Test
    void a_call_that_nobody_answers_ends_when_it_is_canceled() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        coordinator.on("GET /v1/jobs/j1", call -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (CoordinatorServices services = TestingServices.of(coordinator)) {
            Thread canceling = Thread.startVirtualThread(() -> {
                await().until(() -> coordinator.count("GET /v1/jobs/j1") == 1);
                scope.cancel();
            });

            Failures.assertFails(
                    ErrorCode.CANCELED, () -> services.coordinator().job("j1", Duration.ZERO, scope));

            canceling.join();
        } finally {
            release.countDown();
        }
    }
}
