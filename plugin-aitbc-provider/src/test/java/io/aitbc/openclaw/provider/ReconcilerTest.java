package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.api.network.SpendingLimits;
import io.aitbc.openclaw.contract.TestingClock;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host that was killed left behind is cleared up by the next one. */
@Timeout(30)
class ReconcilerTest {
    @TempDir
    Path folder;

    private final TestingClock clock = new TestingClock();
    private ScriptedCoordinator coordinator;
    private FolderContext context;
    private Ledger ledger;

    @BeforeEach
    void leaveMoneyBehind() throws IOException {
        coordinator = new ScriptedCoordinator();
        context = new FolderContext(folder, ScriptedCoordinator.config(coordinator, "offer-refresh", "20ms"), clock);
        ledger = Ledger.open(folder.resolve("spending.jsonl"), new SpendingLimits(ait("0.10"), ait("1")), clock);
        ledger.reserve("oc-lost", ait("0.02"), "request 1");
    }

    @AfterEach
    void close() {
        context.close();
        coordinator.close();
    }

    @Test
    void a_job_found_by_its_reference_is_canceled_and_its_money_fetched_back() {
        ScriptedJob job = coordinator.leftOver("oc-lost");
        clock.advance(Duration.ofHours(1));
        try (InferenceProvider provider = new AitbcInferenceProviderFactory().create(context)) {
            await().until(() -> payment().state() == State.RELEASED);
            assertThat(provider.id()).isEqualTo("aitbc");
        }
        assertThat(job.state).isEqualTo("CANCELED");
        assertThat(job.livePaymentStatus).isEqualTo("refunded");
    }

    @Test
    void of_two_copies_of_a_lost_job_both_are_canceled_and_their_money_fetched_back() {
        ScriptedJob first = coordinator.leftOver("oc-lost");
        ScriptedJob second = coordinator.leftOver("oc-lost");
        clock.advance(Duration.ofHours(1));
        try (InferenceProvider provider = new AitbcInferenceProviderFactory().create(context)) {
            await().until(() -> payment().state() == State.RELEASED);
            assertThat(provider.id()).isEqualTo("aitbc");
        }
        assertThat(first.livePaymentStatus).isEqualTo("refunded");
        assertThat(second.livePaymentStatus).isEqualTo("refunded");
    }

    @Test
    void a_job_that_was_paid_meanwhile_is_settled() {
        coordinator.leftOver("oc-lost").completeWith("nobody read this");
        clock.advance(Duration.ofHours(1));
        try (InferenceProvider provider = new AitbcInferenceProviderFactory().create(context)) {
            await().until(() -> payment().state() == State.SETTLED);
            assertThat(provider.id()).isEqualTo("aitbc");
        }
        assertThat(ledger.spentToday()).isEqualTo(ait("0.02"));
    }

    @Test
    void money_of_a_job_that_never_reached_the_network_is_released() {
        coordinator.leftOver("oc-another");
        clock.advance(Duration.ofHours(1));
        try (InferenceProvider provider = new AitbcInferenceProviderFactory().create(context)) {
            await().until(() -> payment().state() == State.RELEASED);
            assertThat(provider.id()).isEqualTo("aitbc");
        }
        assertThat(coordinator.onlyJob().state).isEqualTo("QUEUED");
    }

    @Test
    void a_job_that_may_still_be_under_way_elsewhere_is_left_alone() {
        ScriptedJob job = coordinator.leftOver("oc-lost");
        clock.advance(Duration.ofSeconds(300));
        try (InferenceProvider provider = new AitbcInferenceProviderFactory().create(context)) {
            await().until(() -> coordinator.count("GET /v1/marketplace/offer") > 3);
            assertThat(provider.id()).isEqualTo("aitbc");
        }
        assertThat(payment().state()).isEqualTo(State.RESERVED);
        assertThat(job.state).isEqualTo("QUEUED");
    }

    @Test
    void money_of_an_accepted_answer_is_never_asked_back() {
        ScriptedJob job = coordinator.leftOver("oc-lost");
        job.completeWith("read");
        job.livePaymentStatus = "escrowed";
        ledger.dispatched("oc-lost", job.id);
        ledger.unknown("oc-lost", Settlement.ACCEPTED);
        clock.advance(Duration.ofHours(1));
        try (InferenceProvider provider = new AitbcInferenceProviderFactory().create(context)) {
            await().until(() -> coordinator.count("GET /v1/payments/{id}") >= 3);
            assertThat(payment().state()).isEqualTo(State.UNKNOWN);
            assertThat(coordinator.count("POST /v1/payments/{id}/refund")).isZero();

            coordinator.with(job, it -> it.livePaymentStatus = "released");

            await().until(() -> payment().state() == State.SETTLED);
            assertThat(provider.id()).isEqualTo("aitbc");
        }
    }

    private PaymentRecord payment() {
        return ledger.history(1).getFirst();
    }

    private static TokenAmount ait(String coins) {
        return TokenAmount.parse(coins, Rail.AITBC);
    }
}
