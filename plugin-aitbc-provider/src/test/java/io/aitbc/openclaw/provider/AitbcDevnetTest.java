package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ExchangeRate;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.OfferQuery;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.ProofVerifierFactory;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.contract.ScriptedStream;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.devnet.Quirk;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
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
    private static final String MODEL = "aitbc/tiny:latest";

    @TempDir
    Path folder;

    private final ScriptedEngine engine =
            new ScriptedEngine("scripted", Models.local("scripted", "tiny:latest", Capability.COMPLETION));
    private Devnet devnet;
    private FolderContext context;
    private InferenceProvider provider;
    private PaymentAccount account;

    @BeforeEach
    void start() {
        devnet = Devnet.start(DevnetOptions.defaults(), engine);
        context = new FolderContext(folder, config(devnet.receiptKeyId()));
        context.add(verifier());
        provider = new AitbcInferenceProviderFactory().create(context);
        account = new AitbcPaymentAccountFactory().create(context);
    }

    /** Found as a host finds it: plugins do not see each other's classes. */
    private ProofVerifier verifier() {
        AitbcDevnetTest.class.getModule().addUses(ProofVerifierFactory.class);
        return ServiceLoader.load(ProofVerifierFactory.class)
                .findFirst()
                .orElseThrow()
                .create(context);
    }

    private Map<String, String> config(String trustedKeys) {
        return new HashMap<>(Map.of(
                "coordinator-url",
                devnet.coordinatorUrl(),
                "marketplace-url",
                devnet.marketplaceUrl(),
                "wallet-key",
                ScriptedCoordinator.KEY,
                "trusted-receipt-keys",
                trustedKeys,
                "poll-interval",
                "20ms",
                "queue-timeout",
                "500ms",
                "run-timeout",
                "500ms",
                "lost-answer-wait",
                "200ms",
                "chain-url",
                devnet.chainUrl() + "/rpc",
                "test-network",
                "true"));
    }

    @AfterEach
    void stop() {
        provider.close();
        account.close();
        context.close();
        devnet.close();
        engine.close();
    }

    @Test
    void an_answer_comes_with_a_checked_receipt_and_its_cost() {
        List<InferenceEvent> events = ask();

        JobRecord job = Answers.finished(events).job().orElseThrow();
        assertThat(Answers.text(events)).isNotEmpty();
        assertThat(job.assurance()).isIn(AssuranceLevel.SIGNED, AssuranceLevel.ATTESTED);
        assertThat(job.miner()).contains(devnet.minerId());
        assertThat(job.remoteModel()).contains("tiny:latest");
        assertThat(job.cost().units()).isPositive();
        assertThat(job.receiptJson()).isPresent();
        assertThat(job.notProven()).isNotEmpty();
        assertThat(account.spentToday()).isEqualTo(job.cost());
        assertThat(payment().state()).isEqualTo(State.SETTLED);
    }

    @Test
    void models_offers_and_jobs_are_listed() {
        assertThat(provider.catalogue())
                .singleElement()
                .satisfies(model -> assertThat(model.name()).isEqualTo(MODEL));
        ask();
        try (ComputeNetwork network = new AitbcComputeNetworkFactory().create(context)) {
            assertThat(network.status().reachable()).isTrue();
            assertThat(network.status().test()).isTrue();
            assertThat(network.status().problem()).isEmpty();
            assertThat(network.status().protocol()).contains("current");
            assertThat(network.status().chain()).hasValueSatisfying(chain -> {
                assertThat(chain.endpoint()).isEqualTo(devnet.chainUrl());
                assertThat(chain.height()).isPositive();
                assertThat(chain.balance().orElseThrow().units()).isZero();
            });
            assertThat(network.rates()).extracting(ExchangeRate::from).contains("ETH", "AIT");
            assertThat(network.offers(OfferQuery.active())).anySatisfy(offer -> {
                assertThat(offer.model()).isEqualTo("tiny:latest");
                assertThat(offer.providerAddress()).contains(devnet.minerAddress());
            });
            assertThat(network.jobs(10)).extracting(JobSummary::state).containsExactly("COMPLETED");
        }
    }

    @Test
    void a_chain_that_is_away_is_a_problem_and_no_more() {
        devnet.enable(Quirk.CHAIN_DOWN);
        try (ComputeNetwork network = new AitbcComputeNetworkFactory().create(context)) {
            assertThat(network.status().reachable()).isTrue();
            assertThat(network.status().chain()).isEmpty();
            assertThat(network.status().problem())
                    .hasValueSatisfying(line -> assertThat(line).contains("/rpc/head"));
        }
    }

    @Test
    void a_pinned_miner_answers() {
        List<InferenceEvent> events = Answers.drain(start(devnet.minerId() + "/tiny"));

        assertThat(Answers.finished(events).job().orElseThrow().miner()).contains(devnet.minerId());
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
        devnet.enable(quirk);

        Failures.assertFails(code, this::ask);

        await().until(() -> payment().state() == money);
        devnet.disable(quirk);
        assertThat(Answers.text(ask())).as("afterwards").isNotEmpty();
    }

    @Test
    void a_coordinator_that_limits_its_callers_is_left_alone_as_long_as_it_asks() {
        ask();
        devnet.enable(Quirk.RATE_LIMITED, 1);
        Failures.assertFails(ErrorCode.OVERLOADED, this::ask);
        devnet.enable(Quirk.RATE_LIMITED, 1);

        Failures.assertFails(ErrorCode.OVERLOADED, this::ask);

        assertThat(devnet.quirks()).as("the second submission did not leave").contains(Quirk.RATE_LIMITED);
        await().until(() -> account.history(2).stream().allMatch(payment -> payment.state() == State.RELEASED));
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"HTTP_500", "HTTP_503", "CONNECTION_RESET", "TRUNCATED_BODY", "MALFORMED_JSON"})
    void a_broken_coordinator_becomes_one_typed_failure(Quirk quirk) {
        ask();
        devnet.enable(quirk);

        ErrorCode code = Failures.failureOf(this::ask).code();

        assertThat(code).isIn(ErrorCode.UNREACHABLE, ErrorCode.PROVIDER_FAILED, ErrorCode.MALFORMED_ANSWER);
        await().until(() -> payment().state() != State.RESERVED);
        devnet.disable(quirk);
        assertThat(Answers.text(ask())).as("afterwards").isNotEmpty();
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
        devnet.enable(quirk, 1);

        JobRecord job = Answers.finished(ask()).job().orElseThrow();

        assertThat(job.assurance()).isNotEqualTo(AssuranceLevel.NONE);
        assertThat(payment().state()).isEqualTo(State.SETTLED);
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void a_broken_connection_in_the_middle_of_a_job_is_not_noticed() {
        InferenceStream stream = start(MODEL);
        await().until(() -> payment().jobId().isPresent());
        devnet.enable(Quirk.CONNECTION_RESET, 2);

        assertThat(Answers.text(Answers.drain(stream))).isNotEmpty();
    }

    @Test
    void a_receipt_of_an_earlier_job_proves_nothing_for_this_one() {
        engine.answers(ScriptedStream.text("the same"), ScriptedStream.finish());
        ask();
        devnet.enable(Quirk.REPLAYED_RECEIPT);

        Failures.assertFails(ErrorCode.PROOF_INVALID, this::ask);
    }

    @Test
    void with_a_receipt_of_another_answer_the_right_one_is_looked_for() {
        engine.answers(ScriptedStream.text("one"), ScriptedStream.finish());
        ask();
        engine.answers(ScriptedStream.text("two"), ScriptedStream.finish());
        devnet.enable(Quirk.REPLAYED_RECEIPT);

        JobRecord job = Answers.finished(ask()).job().orElseThrow();

        assertThat(job.receiptJson().orElseThrow()).contains(job.jobId()).contains("two");
    }

    @Test
    void a_coordinator_without_a_key_is_used_and_nothing_is_claimed() {
        devnet.enable(Quirk.NO_SIGNING_KEY);

        JobRecord job = Answers.finished(ask()).job().orElseThrow();

        assertThat(job.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(job.receiptId()).isEmpty();
    }

    @Test
    void a_canceled_job_that_is_done_all_the_same_is_neither_delivered_nor_paid() {
        devnet.enable(Quirk.LATE_RESULT_AFTER_CANCEL);
        devnet.enable(Quirk.JOB_NEVER_READY);
        InferenceStream stream = start(MODEL);
        await().until(() -> payment().jobId().isPresent());
        stream.close();
        Failures.assertFails(ErrorCode.CANCELED, stream::next);
        await().until(() -> payment().state() == State.RELEASED);

        devnet.disable(Quirk.JOB_NEVER_READY);

        await().until(() -> jobs().getFirst().state().equals("COMPLETED"));
        assertThat(account.spentToday().units()).isZero();
    }

    @Test
    void an_empty_or_missing_marketplace_is_an_empty_or_a_remembered_catalogue() {
        assertThat(provider.catalogue()).hasSize(1);
        devnet.enable(Quirk.MARKETPLACE_DOWN);
        assertThat(provider.catalogue()).as("remembered").hasSize(1);
        try (FolderContext fresh = new FolderContext(folder, config("k"));
                InferenceProvider other = new AitbcInferenceProviderFactory().create(fresh)) {
            Failures.assertFails(ErrorCode.UNREACHABLE, other::catalogue);
        }
        devnet.disable(Quirk.MARKETPLACE_DOWN);
        devnet.enable(Quirk.EMPTY_OFFERS);
        try (FolderContext fresh = new FolderContext(folder, config("k"));
                InferenceProvider other = new AitbcInferenceProviderFactory().create(fresh)) {
            assertThat(other.catalogue()).isEmpty();
        }
    }

    private List<InferenceEvent> ask() {
        return Answers.drain(start(MODEL));
    }

    private InferenceStream start(String model) {
        return provider.chat(new ChatRequest(
                model,
                List.of(ChatMessage.user("Say hi")),
                List.of(),
                InferenceSettings.defaults(),
                RequestContext.of("r")));
    }

    private PaymentRecord payment() {
        return account.history(1).getFirst();
    }

    private List<JobSummary> jobs() {
        try (ComputeNetwork network = new AitbcComputeNetworkFactory().create(context)) {
            return network.jobs(10);
        }
    }
}
