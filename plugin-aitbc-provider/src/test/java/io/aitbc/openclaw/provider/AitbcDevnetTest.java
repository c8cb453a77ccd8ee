package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ExchangeRate;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.OfferQuery;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.ScriptedStream;
import io.aitbc.openclaw.devnet.Quirk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole plugin against the devnet, with the real verifier of receipts. */
@Timeout(60)
class AitbcDevnetTest {
    @TempDir
    Path folder;

    private DevnetNetwork network;

    @BeforeEach
    void start() {
        network = new DevnetNetwork(folder).withVerifier();
    }

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void an_answer_comes_with_a_checked_receipt_and_its_cost() {
        List<InferenceEvent> events = network.ask();

        JobRecord job = Answers.finished(events).job().orElseThrow();
        assertThat(Answers.text(events)).isNotEmpty();
        assertThat(job.assurance()).isIn(AssuranceLevel.SIGNED, AssuranceLevel.ATTESTED);
        assertThat(job.miner()).contains(network.devnet.minerId());
        assertThat(job.remoteModel()).contains("tiny:latest");
        assertThat(job.cost().units()).isPositive();
        assertThat(job.receiptJson()).isPresent();
        assertThat(job.notProven()).isNotEmpty();
        assertThat(network.account.spentToday()).isEqualTo(job.cost());
        assertThat(network.payment().state()).isEqualTo(State.SETTLED);
    }

    @Test
    void models_offers_and_jobs_are_listed() {
        assertThat(network.provider.catalogue())
                .singleElement()
                .satisfies(model -> assertThat(model.name()).isEqualTo(DevnetNetwork.MODEL));
        network.ask();
        try (ComputeNetwork compute = new AitbcComputeNetworkFactory().create(network.context)) {
            assertThat(compute.status().reachable()).isTrue();
            assertThat(compute.status().test()).isTrue();
            assertThat(compute.status().problem()).isEmpty();
            assertThat(compute.status().protocol()).contains("current");
            assertThat(compute.status().chain()).hasValueSatisfying(chain -> {
                assertThat(chain.endpoint()).isEqualTo(network.devnet.chainUrl());
                assertThat(chain.height()).isPositive();
                assertThat(chain.balance().orElseThrow().units()).isZero();
            });
            assertThat(compute.rates()).extracting(ExchangeRate::from).contains("ETH", "AIT");
            assertThat(compute.offers(OfferQuery.active())).anySatisfy(offer -> {
                assertThat(offer.model()).isEqualTo("tiny:latest");
                assertThat(offer.providerAddress()).contains(network.devnet.minerAddress());
            });
            assertThat(compute.jobs(10)).extracting(JobSummary::state).containsExactly("COMPLETED");
        }
    }

    @Test
    void a_chain_that_is_away_is_a_problem_and_no_more() {
        network.devnet.enable(Quirk.CHAIN_DOWN);
        try (ComputeNetwork compute = new AitbcComputeNetworkFactory().create(network.context)) {
            assertThat(compute.status().reachable()).isTrue();
            assertThat(compute.status().chain()).isEmpty();
            assertThat(compute.status().problem())
                    .hasValueSatisfying(line -> assertThat(line).contains("/rpc/head"));
        }
    }

    @Test
    void a_pinned_miner_answers() {
        List<InferenceEvent> events = Answers.drain(network.start(network.devnet.minerId() + "/tiny"));

        assertThat(Answers.finished(events).job().orElseThrow().miner()).contains(network.devnet.minerId());
    }

    /** What the user sees, and where the money is in the end. */
    @ParameterizedTest
    @CsvSource({
        "FAILED_AS_COMPLETED, PROVIDER_FAILED, SETTLED",
        "MODEL_SUBSTITUTED, MODEL_SUBSTITUTED, SETTLED",
        "FOREIGN_PROVIDER, PROOF_INVALID, SETTLED",
        "JOB_NEVER_READY, JOB_EXPIRED, RELEASED",
        "MINER_HANGS, JOB_EXPIRED, RELEASED",
        "MINER_CRASHES_MIDWAY, JOB_EXPIRED, RELEASED",
        "WRONG_SIGNATURE, PROOF_INVALID, SETTLED",
        "WRONG_KEY, PROOF_INVALID, SETTLED",
        "TAMPERED_RESULT, PROOF_INVALID, SETTLED",
        "PAYMENT_SKIPPED, PROVIDER_FAILED, RELEASED",
        "PAYMENT_PENDING, PROVIDER_FAILED, RELEASED",
        "LOGIN_REFUSED, NOT_AUTHORIZED, RELEASED"
    })
    void a_defect_becomes_one_typed_failure(Quirk quirk, ErrorCode code, State money) {
        network.devnet.enable(quirk);

        Failures.assertFails(code, network::ask);

        await().until(() -> network.payment().state() == money);
        network.devnet.disable(quirk);
        assertThat(Answers.text(network.ask())).as("afterwards").isNotEmpty();
    }

    @Test
    void a_coordinator_that_limits_its_callers_is_left_alone_as_long_as_it_asks() {
        network.ask();
        network.devnet.enable(Quirk.RATE_LIMITED, 1);
        Failures.assertFails(ErrorCode.OVERLOADED, network::ask);
        network.devnet.enable(Quirk.RATE_LIMITED, 1);

        Failures.assertFails(ErrorCode.OVERLOADED, network::ask);

        assertThat(network.devnet.quirks())
                .as("the second submission did not leave")
                .contains(Quirk.RATE_LIMITED);
        await().until(() -> network.account.history(2).stream().allMatch(payment -> payment.state() == State.RELEASED));
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"HTTP_500", "HTTP_503", "CONNECTION_RESET", "TRUNCATED_BODY", "MALFORMED_JSON"})
    void a_broken_coordinator_becomes_one_typed_failure(Quirk quirk) {
        network.ask();
        network.devnet.enable(quirk);

        ErrorCode code = Failures.failureOf(network::ask).code();

        assertThat(code).isIn(ErrorCode.UNREACHABLE, ErrorCode.PROVIDER_FAILED, ErrorCode.MALFORMED_ANSWER);
        await().until(() -> network.payment().state() != State.RESERVED);
        network.devnet.disable(quirk);
        assertThat(Answers.text(network.ask())).as("afterwards").isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {
                "IDEAL",
                "LOST_POST",
                "ERROR_AFTER_COMMIT",
                "EXPIRED_TOKEN",
                "TAMPERED_ZK_STATUS",
                "DUPLICATE_RESULT",
                "SLOW_COORDINATOR"
            })
    void a_defect_that_can_be_helped_is_not_noticed(Quirk quirk) {
        network.devnet.enable(quirk, 1);

        JobRecord job = Answers.finished(network.ask()).job().orElseThrow();

        assertThat(job.assurance()).isNotEqualTo(AssuranceLevel.NONE);
        assertThat(network.payment().state()).isEqualTo(State.SETTLED);
        assertThat(network.jobs()).hasSize(1);
    }

    @Test
    void a_broken_connection_in_the_middle_of_a_job_is_not_noticed() {
        InferenceStream stream = network.start(DevnetNetwork.MODEL);
        await().until(() -> network.payment().jobId().isPresent());
        network.devnet.enable(Quirk.CONNECTION_RESET, 2);

        assertThat(Answers.text(Answers.drain(stream))).isNotEmpty();
    }

    @Test
    void a_receipt_of_an_earlier_job_proves_nothing_for_this_one() {
        network.engine.answers(ScriptedStream.text("the same"), ScriptedStream.finish());
        network.ask();
        network.devnet.enable(Quirk.REPLAYED_RECEIPT);

        Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
    }

    @Test
    void with_a_receipt_of_another_answer_the_right_one_is_looked_for() {
        network.engine.answers(ScriptedStream.text("one"), ScriptedStream.finish());
        network.ask();
        network.engine.answers(ScriptedStream.text("two"), ScriptedStream.finish());
        network.devnet.enable(Quirk.REPLAYED_RECEIPT);

        JobRecord job = Answers.finished(network.ask()).job().orElseThrow();

        assertThat(job.receiptJson().orElseThrow()).contains(job.jobId()).contains("two");
    }

    @Test
    void a_coordinator_without_a_key_is_used_and_nothing_is_claimed() {
        network.devnet.enable(Quirk.NO_SIGNING_KEY);

        JobRecord job = Answers.finished(network.ask()).job().orElseThrow();

        assertThat(job.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(job.receiptId()).isEmpty();
    }

    @Test
    void a_canceled_job_that_is_done_all_the_same_is_neither_delivered_nor_paid() {
        network.devnet.enable(Quirk.LATE_RESULT_AFTER_CANCEL);
        network.devnet.enable(Quirk.JOB_NEVER_READY);
        InferenceStream stream = network.start(DevnetNetwork.MODEL);
        await().until(() -> network.payment().jobId().isPresent());
        stream.close();
        Failures.assertFails(ErrorCode.CANCELED, stream::next);
        await().until(() -> network.payment().state() == State.RELEASED);

        network.devnet.disable(Quirk.JOB_NEVER_READY);

        await().until(() -> network.jobs().getFirst().state().equals("COMPLETED"));
        assertThat(network.account.spentToday().units()).isZero();
    }

    @Test
    void an_empty_or_missing_marketplace_is_an_empty_or_a_remembered_catalogue() {
        assertThat(network.provider.catalogue()).hasSize(1);
        network.devnet.enable(Quirk.MARKETPLACE_DOWN);
        assertThat(network.provider.catalogue()).as("remembered").hasSize(1);
        try (FolderContext fresh = new FolderContext(folder, network.config("trusted-receipt-keys", "k"));
                InferenceProvider other = new AitbcInferenceProviderFactory().create(fresh)) {
            Failures.assertFails(ErrorCode.UNREACHABLE, other::catalogue);
        }
        network.devnet.disable(Quirk.MARKETPLACE_DOWN);
        network.devnet.enable(Quirk.EMPTY_OFFERS);
        try (FolderContext fresh = new FolderContext(folder, network.config("trusted-receipt-keys", "k"));
                InferenceProvider other = new AitbcInferenceProviderFactory().create(fresh)) {
            assertThat(other.catalogue()).isEmpty();
        }
    }
}
