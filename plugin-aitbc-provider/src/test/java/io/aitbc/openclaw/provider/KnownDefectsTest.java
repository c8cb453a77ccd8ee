package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.OfferQuery;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.devnet.Profile;
import io.aitbc.openclaw.devnet.Quirk;
import io.aitbc.openclaw.devnet.SoftwareOffer;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorClient;
import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.PaymentView;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import io.aitbc.openclaw.provider.ledger.Acceptance;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The eighteen defects that were observed on the real network, one test for each, with the whole plugin against a devnet that
 * has the defect. The page {@code docs/defences.md} lists them under the same numbers.
 */
@Timeout(60)
class KnownDefectsTest {
    private static final String SECRET = "jane.doe@example.com";

    @TempDir
    Path folder;

    private final CallScope scope = new CallScope();
    private DevnetNetwork network;

    @BeforeEach
    void start() {
        network = new DevnetNetwork(folder).withVerifier();
    }

    @AfterEach
    void stop() {
        network.close();
    }

    private void moneyIs(State state) {
        await().untilAsserted(() -> assertThat(network.payment().state()).isEqualTo(state));
    }

    private void noMoneySpent() {
        moneyIs(State.RELEASED);
        assertThat(network.account.spentToday().units()).isZero();
    }

    private static InferenceSettings options(String name, Object value) {
        return InferenceSettings.of(GenerationOptions.of(name, value));
    }

    private static InferenceSettings json() {
        InferenceSettings plain = InferenceSettings.defaults();
        return new InferenceSettings(
                plain.options(),
                Optional.of(new OutputFormat.Json()),
                plain.think(),
                plain.keepAlive(),
                plain.logprobs(),
                plain.topLogprobs(),
                plain.truncate(),
                plain.shift());
    }

    private InferenceStream secret(PrivacyClass privacy) {
        return network.start(
                DevnetNetwork.MODEL,
                "Write to " + SECRET,
                InferenceSettings.defaults(),
                new RequestContext("r1", privacy, Optional.empty()));
    }

    private CoordinatorClient coordinator() {
        return network.services().coordinator().coordinator();
    }

    /** What everybody can read. */
    private String explorer() throws IOException {
        try (var body = URI.create(network.devnet.coordinatorUrl() + "/v1/explorer/receipts")
                .toURL()
                .openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void defect_01_a_failure_that_is_called_completed_fails_and_counts_as_paid() {
        network.devnet.enable(Quirk.FAILED_AS_COMPLETED);

        Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask);

        moneyIs(State.SETTLED);
        assertThat(network.payment().note()).startsWith("paid, but: ");
        assertThat(network.account.spentToday().units()).isPositive();
        assertThat(network.jobs()).as("not repeated").hasSize(1);
    }

    @Test
    void defect_02_an_answer_of_another_model_is_refused() {
        network.devnet.enable(Quirk.MODEL_SUBSTITUTED);

        Failures.assertFails(ErrorCode.MODEL_SUBSTITUTED, network::ask);

        moneyIs(State.SETTLED);
    }

    @Test
    void defect_03_options_that_have_no_effect_are_named_and_those_that_must_have_one_are_refused() {
        List<InferenceEvent> events =
                Answers.drain(network.start(DevnetNetwork.MODEL, options("temperature", 0.1), RequestContext.of("r1")));
        assertThat(Network.job(events).notProven())
                .anySatisfy(line -> assertThat(line).contains("temperature"));

        Failures.assertFails(
                ErrorCode.UNSUPPORTED,
                () -> Answers.drain(network.start(DevnetNetwork.MODEL, json(), RequestContext.of("r2"))));

        assertThat(network.jobs()).as("the second did not leave").hasSize(1);
    }

    @Test
    void defect_04_what_was_accepted_first_stays_and_a_canceled_job_gives_no_answer() {
        network.devnet.enable(Quirk.DUPLICATE_RESULT, 1);
        JobRecord job = Network.job(network.ask());
        await().until(() -> coordinator().receipts(job.jobId(), scope).size() == 2);
        Receipt other = coordinator().receipts(job.jobId(), scope).stream()
                .filter(receipt -> !job.receiptId().equals(Optional.of(receipt.receiptId())))
                .findFirst()
                .orElseThrow();
        Ledger ledger = Ledgers.open(network.context, AitbcSettings.of(network.context.config()));
        String reference = network.payment().reference();
        Failures.assertFails(
                ErrorCode.PROOF_INVALID,
                () -> ledger.accept(reference, new Acceptance(other.receiptId(), Texts.sha256("another answer"))));

        network.devnet.enable(Quirk.LATE_RESULT_AFTER_CANCEL, Quirk.JOB_NEVER_READY);
        InferenceStream stream = network.start(DevnetNetwork.MODEL);
        await().until(() -> network.payment().jobId().isPresent());
        stream.close();
        Failures.assertFails(ErrorCode.CANCELED, stream::next);
        moneyIs(State.RELEASED);
        network.devnet.disable(Quirk.JOB_NEVER_READY);

        await().until(() -> network.jobs().stream().allMatch(row -> row.state().equals("COMPLETED")));
        assertThat(network.payment().state())
                .as("the late result changes nothing")
                .isEqualTo(State.RELEASED);
        assertThat(network.account.history(10)).hasSize(2);
    }

    @Test
    void defect_05_a_result_by_a_miner_that_was_not_assigned_is_refused() {
        network.devnet.enable(Quirk.FOREIGN_PROVIDER);

        Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);

        moneyIs(State.SETTLED);
    }

    @Test
    void defect_06_the_end_of_a_job_is_known_from_its_state_and_the_result_never_waited_for() throws Exception {
        try (RecordingRelay relay = new RecordingRelay(network.devnet.coordinatorUrl());
                FolderContext context = relayed(relay, "queue-timeout", "30s", "run-timeout", "30s");
                InferenceProvider provider = new AitbcInferenceProviderFactory().create(context)) {
            network.devnet.enable(Quirk.JOB_NEVER_READY);
            InferenceStream stream = provider.chat(request());
            await().until(() -> network.payment().jobId().isPresent());

            network.devnet.clock().advance(Duration.ofMinutes(6));

            Failures.assertFails(ErrorCode.JOB_EXPIRED, () -> Answers.drain(stream));
            noMoneySpent();
            assertThat(relay.calls()).noneMatch(call -> call.path().endsWith("/result"));
        }
    }

    @Test
    void defect_07_jobs_of_dead_and_ghost_miners_are_given_up_before_they_expire() {
        network.devnet.enable(Quirk.MINER_CRASHES_MIDWAY);
        Failures.assertFails(ErrorCode.JOB_EXPIRED, network::ask);
        noMoneySpent();
        network.devnet.disable(Quirk.MINER_CRASHES_MIDWAY);

        network.devnet.enable(Quirk.GHOST_MINER);
        Failures.assertFails(ErrorCode.JOB_EXPIRED, network::ask);

        noMoneySpent();
        assertThat(network.jobs()).extracting(JobSummary::state).containsOnly("CANCELED");
    }

    @Test
    void defect_08_a_job_whose_payment_was_not_taken_is_canceled() {
        for (Quirk quirk : List.of(Quirk.PAYMENT_SKIPPED, Quirk.PAYMENT_PENDING)) {
            network.devnet.enable(quirk);
            network.devnet.enable(Quirk.JOB_NEVER_READY);

            Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask);

            noMoneySpent();
            assertThat(network.jobs()).extracting(JobSummary::state).containsOnly("CANCELED");
            network.devnet.disable(quirk);
        }
    }

    @Test
    void defect_09_money_of_a_canceled_job_is_fetched_back_and_read_from_the_payment() {
        network.devnet.enable(Quirk.JOB_NEVER_READY);

        Failures.assertFails(ErrorCode.JOB_EXPIRED, network::ask);

        noMoneySpent();
        String id = network.payment().jobId().orElseThrow();
        JobView job = coordinator().job(id, Duration.ZERO, scope);
        PaymentView payment = coordinator().jobPayment(id, scope).orElseThrow();
        assertThat(job.paymentStatus()).as("the job shows an old state").contains("escrowed");
        assertThat(payment.status()).isEqualTo(PaymentView.REFUNDED);
    }

    @Test
    void defect_10_a_release_without_a_transaction_is_unsettled_and_one_with_is_looked_up() {
        JobRecord named = Network.job(network.ask());
        network.context.outbox().deliver(network.payments);
        assertThat(network.payment().note()).contains("paid on the chain in block");
        assertThat(named.notProven()).anySatisfy(line -> assertThat(line).contains("on the chain"));

        network.devnet.enable(Quirk.RELEASE_WITHOUT_HASH);
        JobRecord unnamed = Network.job(network.ask());

        assertThat(network.payment().note()).contains("unsettled: no transaction is named");
        assertThat(unnamed.notProven()).anySatisfy(line -> assertThat(line).contains("no transaction is named"));
    }

    @Test
    void defect_11_a_lost_answer_to_a_submission_never_makes_a_second_job() {
        network.devnet.enable(Quirk.LOST_POST, 1);
        assertThat(Answers.text(network.ask())).isNotEmpty();
        assertThat(network.jobs()).hasSize(1);

        network.devnet.enable(Quirk.ERROR_AFTER_COMMIT, 1);
        assertThat(Answers.text(network.ask())).isNotEmpty();

        assertThat(network.jobs()).hasSize(2);
        assertThat(network.account.history(10)).hasSize(2);
    }

    @Test
    void defect_12_what_must_stay_here_is_not_in_the_public_explorer() throws IOException {
        Failures.assertFails(ErrorCode.UNSUPPORTED, () -> Answers.drain(secret(PrivacyClass.LOCAL_ONLY)));
        assertThat(network.jobs()).isEmpty();

        Answers.drain(secret(PrivacyClass.REDACTED));
        assertThat(explorer()).contains("[EMAIL_1]").doesNotContain(SECRET);

        Answers.drain(secret(PrivacyClass.NETWORK_ALLOWED));
        assertThat(explorer()).as("which shows that it could be").contains(SECRET);
    }

    @Test
    void defect_13_what_no_signature_covers_raises_no_assurance() {
        AssuranceLevel plain = Network.job(network.ask()).assurance();
        for (Quirk quirk : List.of(Quirk.TAMPERED_ZK_STATUS, Quirk.ZK_WRONG_COMPUTATION, Quirk.ZK_ALTERED_PROOF)) {
            network.devnet.enable(quirk);

            JobRecord job = Network.job(network.ask());

            assertThat(job.assurance()).as(quirk.wireName()).isEqualTo(plain).isNotEqualTo(AssuranceLevel.ZK_STATEMENT);
            assertThat(job.notProven()).isNotEmpty();
            network.devnet.disable(quirk);
        }
    }

    @Test
    void defect_14_both_protocols_are_read_and_an_unreadable_answer_is_one_typed_failure(@TempDir Path other) {
        assertThat(Network.job(network.ask()).assurance()).isNotEqualTo(AssuranceLevel.NONE);
        try (DevnetNetwork march = new DevnetNetwork(
                other,
                DevnetOptions.defaults().withProfile(Profile.MARCH),
                "api-key",
                "march-client",
                "trusted-receipt-keys",
                "")) {
            assertThat(Network.job(march.ask()).cost().units()).isPositive();
        }
        for (Quirk quirk : List.of(Quirk.MALFORMED_JSON, Quirk.HTTP_500, Quirk.HTTP_503)) {
            network.devnet.enable(quirk);
            assertThat(Failures.failureOf(network::ask).code())
                    .as(quirk.wireName())
                    .isIn(ErrorCode.MALFORMED_ANSWER, ErrorCode.UNREACHABLE, ErrorCode.PROVIDER_FAILED);
            network.devnet.disable(quirk);
        }
    }

    @Test
    void defect_15_a_limited_coordinator_is_left_alone_and_a_slow_one_waited_for() {
        network.devnet.enable(Quirk.SLOW_COORDINATOR, 2);
        assertThat(Answers.text(network.ask())).isNotEmpty();

        network.devnet.enable(Quirk.RATE_LIMITED, 1);
        Failures.assertFails(ErrorCode.OVERLOADED, network::ask);
        network.devnet.enable(Quirk.RATE_LIMITED, 1);
        Failures.assertFails(ErrorCode.OVERLOADED, network::ask);

        assertThat(network.devnet.quirks()).as("nobody asked again").contains(Quirk.RATE_LIMITED);
    }

    @Test
    void defect_16_endpoints_of_offers_that_point_inside_are_not_asked(@TempDir Path other) {
        try (DevnetNetwork direct = new DevnetNetwork(
                other,
                DevnetOptions.defaults().withMiner(false),
                "transport",
                "direct",
                "direct-allow-loopback",
                "false")) {
            for (String url : List.of(
                    "https://169.254.169.254/latest",
                    "https://10.0.0.1",
                    "https://127.0.0.1:8443",
                    "http://example.com",
                    "https://user@example.com")) {
                direct.devnet.publish(List.of(SoftwareOffer.of("p", "tiny:latest", "evil")
                        .withPrice(BigDecimal.ZERO)
                        .withProviderAddress("0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d")
                        .withPublicEndpoint(URI.create(url))));
                try (FolderContext fresh =
                                new FolderContext(other, direct.context.config().values());
                        InferenceProvider provider = new AitbcInferenceProviderFactory().create(fresh)) {
                    assertThat(Failures.failureOf(() -> Answers.drain(provider.chat(request())))
                                    .code())
                            .as(url)
                            .isEqualTo(ErrorCode.PROVIDER_FAILED);
                }
            }
        }
    }

    @Test
    void defect_17_the_hash_of_a_refund_is_not_presented_as_a_transaction() {
        network.devnet.enable(Quirk.JOB_NEVER_READY);

        Failures.assertFails(ErrorCode.JOB_EXPIRED, network::ask);

        noMoneySpent();
        String id = network.payment().jobId().orElseThrow();
        assertThat(coordinator().jobPayment(id, scope).orElseThrow().transactionHash())
                .isEmpty();
        assertThat(network.payment().note()).doesNotContain("0x", "on the chain");
        assertThat(network.context.outbox().all()).as("nothing to look up").isEmpty();
    }

    @Test
    void defect_18_only_routes_are_called_that_the_network_lets_a_client_reach() throws Exception {
        Set<String> reachable = reachable();
        try (RecordingRelay relay = new RecordingRelay(network.devnet.coordinatorUrl());
                FolderContext context = relayed(relay);
                InferenceProvider provider = new AitbcInferenceProviderFactory().create(context);
                ComputeNetwork compute = new AitbcComputeNetworkFactory().create(context)) {
            Answers.drain(provider.chat(request()));
            network.devnet.enable(Quirk.JOB_NEVER_READY);
            Failures.assertFails(ErrorCode.JOB_EXPIRED, () -> Answers.drain(provider.chat(request())));
            noMoneyLeftReserved();
            assertThat(compute.status().reachable()).isTrue();
            assertThat(compute.rates()).isNotEmpty();
            assertThat(compute.offers(OfferQuery.active())).isNotEmpty();
            assertThat(compute.jobs(10)).hasSize(2);

            assertThat(relay.calls()).hasSizeGreaterThan(10);
            for (RecordingRelay.Recorded call : relay.calls()) {
                assertThat(reachable)
                        .as(call.toString())
                        .anyMatch(route -> (call.method() + " " + call.path()).matches(route));
                assertThat(call.status()).as(call.toString()).isNotIn(403, 404, 405, 422);
            }
        }
    }

    private void noMoneyLeftReserved() {
        await().until(() ->
                network.account.history(10).stream().noneMatch(payment -> payment.state() == State.RESERVED));
    }

    private FolderContext relayed(RecordingRelay relay, String... more) {
        var config = network.config(more);
        config.put("coordinator-url", relay.url());
        FolderContext context = new FolderContext(folder, config, network.devnet.clock());
        context.add(network.verifier());
        return context;
    }

    private static ChatRequest request() {
        return new ChatRequest(
                DevnetNetwork.MODEL,
                List.of(ChatMessage.user("Say hi")),
                List.of(),
                InferenceSettings.defaults(),
                RequestContext.of("r1"));
    }

    /** Routes of the observed network that are open or for clients, as patterns of method and path. */
    private static Set<String> reachable() throws IOException {
        try (var routes = KnownDefectsTest.class.getResourceAsStream("/aitbc/routes.txt")) {
            return new String(routes.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .filter(row -> !Set.of("deny", "admin", "miner").contains(row[2]))
                    .map(row -> row[1] + " " + row[0].replaceAll("\\{[a-z_]+}", "[^/]+"))
                    .collect(Collectors.toSet());
        }
    }
}
