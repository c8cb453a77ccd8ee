package io.aitbc.openclaw.provider.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.contract.ScriptedStream;
import io.aitbc.openclaw.contract.ScriptedWorkReceipts;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.devnet.Quirk;
import io.aitbc.openclaw.provider.AitbcInferenceProviderFactory;
import io.aitbc.openclaw.provider.AitbcPaymentAccountFactory;
import io.aitbc.openclaw.provider.FolderContext;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.Earnings;
import io.aitbc.openclaw.provider.coordinator.Http;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import io.aitbc.openclaw.provider.coordinator.MinerKey;
import io.aitbc.openclaw.provider.coordinator.MinerReply;
import io.aitbc.openclaw.provider.coordinator.OfferPublisher;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The miner on a devnet whose own miner does not run: a buyer gets his answers from it, and it earns. */
@Timeout(60)
class MinerDevnetTest {
    private static final String MINER = "edge-miner-1";
    private static final String PAYOUT = "0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d";

    @TempDir
    Path folder;

    private final ScriptedEngine hubEngine =
            new ScriptedEngine("hub", Models.local("hub", Mining.MODEL, Capability.COMPLETION));
    private final CallScope scope = new CallScope();
    private final Http http = new Http(InstantSource.system(), false);
    private Devnet devnet;
    private Mining mining;
    private RawBuyer buyer;

    @BeforeEach
    void open() {
        devnet = Devnet.start(DevnetOptions.defaults().withMiner(false), hubEngine);
        mining = mining();
        buyer = new RawBuyer(devnet.coordinatorUrl());
    }

    private Mining mining(String... more) {
        List<String> settings =
                new ArrayList<>(List.of("miner.offer", "true", "miner.payout-address", PAYOUT, "miner.price", "0.02"));
        settings.addAll(List.of(more));
        return new Mining(
                folder,
                devnet.coordinatorUrl(),
                devnet.marketplaceUrl(),
                MINER,
                devnet.minerKey(),
                settings.toArray(String[]::new));
    }

    @AfterEach
    void close() {
        mining.close();
        buyer.close();
        http.close();
        devnet.close();
        hubEngine.close();
    }

    private String submit(String model) {
        return submitPayload("{\"type\":\"inference\",\"model\":\"%s\",\"prompt\":\"Say hi\"}".formatted(model));
    }

    private String submitPayload(String payload) {
        return buyer.submit(payload, PAYOUT);
    }

    private String ended(String job) {
        await().ignoreExceptions()
                .until(() -> !List.of("none", "QUEUED", "RUNNING").contains(buyer.state(job)));
        return buyer.state(job);
    }

    private JsonNode register(MinerClient client) {
        client.register(Json.MAPPER.createObjectNode(), 1, "localhost", scope);
        return MinerClient.read(((MinerReply.Answered) client.poll(scope)).body())
                .orElseThrow();
    }

    private MinerClient minerClient(String id) {
        return minerClient(id, devnet.minerKey());
    }

    private MinerClient minerClient(String id, String key) {
        return new MinerClient(BaseUrl.of("url", devnet.coordinatorUrl()), new MinerKey(id, key), http);
    }

    private Earnings earnings() {
        return minerClient(MINER).earnings(scope);
    }

    private Optional<SoftwareOffer> offer() {
        OfferPublisher market = new OfferPublisher(BaseUrl.of("url", devnet.marketplaceUrl()), http);
        return market.of(MINER, scope).stream().findFirst().flatMap(id -> market.find(id, scope));
    }

    @Test
    void a_buyer_gets_his_answer_from_this_miner_and_the_books_agree() {
        mining.engine.answers(ScriptedStream.text("Good "), ScriptedStream.text("day"), ScriptedStream.finish());
        mining.start();
        await().until(() -> offer().isPresent());
        Map<String, String> config = Map.of(
                "coordinator-url",
                devnet.coordinatorUrl(),
                "marketplace-url",
                devnet.marketplaceUrl(),
                "wallet-key",
                RawBuyer.KEY,
                "poll-interval",
                "20ms");
        try (FolderContext context = new FolderContext(folder.resolve("buyer"), config);
                InferenceProvider provider = new AitbcInferenceProviderFactory().create(context);
                PaymentAccount account = new AitbcPaymentAccountFactory().create(context)) {
            List<InferenceEvent> events = Answers.drain(provider.chat(new ChatRequest(
                    MINER + "/tiny",
                    List.of(ChatMessage.user("Say hi")),
                    List.of(),
                    InferenceSettings.defaults(),
                    RequestContext.of("r"))));

            JobRecord job = Answers.finished(events).job().orElseThrow();
            assertThat(Answers.text(events)).isEqualTo("Good day");
            assertThat(job.miner()).contains(MINER);
            assertThat(job.remoteModel()).contains(Mining.MODEL);
            assertThat(account.history(1).getFirst().state()).isEqualTo(PaymentRecord.State.SETTLED);
            assertThat(hubEngine.asked()).isEmpty();
            assertThat(earnings().paid()).isEqualByComparingTo(job.cost().coins());
            assertThat(earnings().jobs()).containsExactly(job.jobId());
            await().until(() -> mining.fact("earned").equals(earnings().paid().toPlainString() + " AIT"));
        }
    }

    private JsonNode resultOf(String price) {
        String job = submitPayload(
                "{\"type\":\"inference\",\"model\":\"%s\",\"prompt\":\"Say hi\"%s}".formatted(Mining.MODEL, price));
        assertThat(ended(job)).isEqualTo("COMPLETED");
        return buyer.job(job).path("result");
    }

    @Test
    void a_receipt_is_signed_of_a_price_that_is_named_and_not_below_the_miners_own() {
        mining.context.add(ScriptedWorkReceipts.working());
        mining.start();
        assertThat(mining.fact("receipt-key")).isEqualTo(ScriptedWorkReceipts.KEY);
        JsonNode signed = resultOf(",\"client_price_units\":\"180\"");
        assertThat(signed.path("work_receipt").stringValue())
                .endsWith("|Say hi|%s|180".formatted(signed.path("output").stringValue()));

        assertThat(resultOf("").has("work_receipt")).as("no price").isFalse();
        assertThat(resultOf(",\"client_price_units\":\"0\"").has("work_receipt"))
                .as("a price below the miner's own")
                .isFalse();
        assertThat(resultOf(",\"client_price_units\":180").has("work_receipt"))
                .as("a price that is none")
                .isFalse();
    }

    @Test
    void without_a_key_or_a_signer_the_result_is_delivered_without_a_receipt() {
        mining.start();
        assertThat(mining.miner.health().facts()).doesNotContainKey("receipt-key");
        assertThat(resultOf(",\"client_price_units\":\"180\"").path("status").stringValue())
                .isEqualTo("completed");
        mining.context.add(ScriptedWorkReceipts.broken());
        JsonNode result = resultOf(",\"client_price_units\":\"180\"");
        assertThat(result.path("status").stringValue()).isEqualTo("completed");
        assertThat(result.has("work_receipt")).isFalse();
    }

    @Test
    void an_offer_names_what_a_buyer_needs_and_is_withdrawn_in_the_end() {
        mining.start();
        await().until(() -> offer().isPresent());

        SoftwareOffer offer = offer().orElseThrow();
        assertThat(offer.model()).isEqualTo(Mining.MODEL);
        assertThat(offer.serviceType()).isEqualTo("ollama");
        assertThat(offer.price()).isEqualByComparingTo("0.02");
        assertThat(offer.priceUnit()).isEqualTo("per_1k_tokens");
        assertThat(offer.nodeId()).contains(MINER);
        assertThat(offer.providerAddress()).contains(PAYOUT);
        mining.miner.stop();
        assertThat(offer()).isEmpty();
    }

    @Test
    void after_stopping_no_other_miner_is_starved() {
        mining.start();
        ended(submit(Mining.MODEL));
        mining.miner.stop();
        String job = submit(Mining.MODEL);

        assertThat(register(minerClient("other")).path("job_id").stringValue()).isEqualTo(job);
    }

    @Test
    void a_failed_job_is_failed_and_costs_nothing() {
        mining.start();

        String job = submit("mistral:70b");

        assertThat(ended(job)).isEqualTo("FAILED");
        assertThat(buyer.job(job).path("error").stringValue()).contains("model 'mistral:70b' not found");
        assertThat(buyer.job(job).path("payment_status").stringValue())
                .as("the buyer can have it back")
                .isEqualTo("escrowed");
        assertThat(earnings().paid()).isZero();
    }

    @Test
    void reported_as_the_production_miner_does_a_failed_job_is_completed_and_paid() {
        mining.close();
        mining = mining("miner.report-failures", "result");
        mining.start();

        String job = submitPayload("{\"type\":\"text-generation\",\"prompt\":\"x\"}");

        assertThat(ended(job)).isEqualTo("COMPLETED");
        assertThat(buyer.job(job).path("result").toString())
                .isEqualTo("{\"status\":\"failed\",\"error\":\"Unsupported job type: text-generation\"}");
        assertThat(earnings().paid()).isEqualByComparingTo("0.05");
    }

    /** Whichever call it hits: registering, polling, a heartbeat, a list, the result. */
    @ParameterizedTest
    @EnumSource(
            value = FaultyRelay.Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void on_a_bad_line_each_job_is_computed_and_paid_once(FaultyRelay.Fault fault) throws IOException {
        Random random = new Random(fault.ordinal());
        try (FaultyRelay line = new FaultyRelay(
                devnet.coordinatorUrl(), () -> random.nextInt(3) == 0 ? fault : FaultyRelay.Fault.NONE)) {
            mining.close();
            mining = new Mining(
                    folder, line.url(), devnet.marketplaceUrl(), MINER, devnet.minerKey(), "miner.concurrency", "2");
            mining.start();

            computesAll(10);

            assertThat(line.faults).hasPositiveValue();
        }
    }

    private void computesAll(int count) {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(submit(Mining.MODEL));
        }
        jobs.forEach(job -> assertThat(ended(job)).isEqualTo("COMPLETED"));
        await().until(() -> mining.context.outbox().all().stream()
                .allMatch(message -> message.state() == OutboxMessage.State.DELIVERED));
        assertThat(jobs)
                .allSatisfy(job -> assertThat(buyer.receipts(job))
                        .as("one result, one receipt")
                        .isEqualTo(1));
        assertThat(mining.engine.asked()).as("computed once each").hasSize(count);
        assertThat(earnings().paid()).isEqualByComparingTo(new BigDecimal("0.05").multiply(BigDecimal.valueOf(count)));
    }

    @Test
    void many_jobs_are_each_computed_and_paid_once() {
        mining.close();
        mining = mining("miner.concurrency", "4");
        mining.start();

        computesAll(30);
    }

    /** The limits count all miners behind one address together, so another one can use them up. */
    @Test
    void over_the_real_limits_results_wait_and_arrive_once() {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            jobs.add(submit(Mining.MODEL));
        }
        devnet.enable(Quirk.REAL_RATE_LIMITS);
        mining.close();
        mining = mining("miner.concurrency", "8", "miner.heartbeat-interval", "1s");
        mining.start();

        await().until(() -> mining.engine.asked().size() == 60);
        await().until(() -> mining.context.outbox().all().stream()
                        .filter(message -> message.state() == OutboxMessage.State.DELIVERED)
                        .count()
                == 50);
        await().until(() -> mining.context.outbox().all().stream()
                .filter(message -> message.state() == OutboxMessage.State.WAITING)
                .anyMatch(message -> message.note().contains("429")));
        // Nothing is left to do, so it polls as fast as it may, and more.
        await().until(() -> mining.miner.health().summary().contains("429"));

        devnet.clock().advance(Duration.ofSeconds(61));

        await().until(() -> mining.context.outbox().all().stream()
                        .filter(message -> message.state() == OutboxMessage.State.DELIVERED)
                        .count()
                == 60);
        devnet.disable(Quirk.REAL_RATE_LIMITS);
        assertThat(jobs).allSatisfy(job -> {
            assertThat(buyer.state(job)).isEqualTo("COMPLETED");
            assertThat(buyer.receipts(job)).isEqualTo(1);
        });
        assertThat(mining.engine.asked()).as("computed once each").hasSize(60);
    }

    @Test
    void a_job_of_a_dead_process_is_taken_up_by_the_next_one() {
        String job = submit(Mining.MODEL);
        register(minerClient(MINER));
        assertThat(buyer.state(job)).isEqualTo("RUNNING");

        mining.start();

        assertThat(ended(job)).isEqualTo("COMPLETED");
        assertThat(buyer.receipts(job)).isEqualTo(1);
    }

    @Test
    void a_job_the_buyer_cancels_is_stopped_and_neither_delivered_nor_paid() {
        mining.engine.answers(ScriptedStream.hang());
        mining.start();
        String job = submit(Mining.MODEL);
        await().until(() -> mining.engine.opened().size() == 1);

        buyer.cancel(job);

        await().until(() -> mining.fact("jobs-canceled").equals("1"));
        assertThat(mining.engine.opened().getFirst().isClosed()).isTrue();
        assertThat(buyer.state(job)).isEqualTo("CANCELED");
        mining.engine.answers(ScriptedStream.text("hi"), ScriptedStream.finish());
        assertThat(ended(submit(Mining.MODEL))).as("the next job").isEqualTo("COMPLETED");
    }

    @Test
    void a_miner_somebody_else_deregistered_comes_back() {
        mining.start();
        ended(submit(Mining.MODEL));
        minerClient(MINER).deregister(scope);

        assertThat(ended(submit(Mining.MODEL))).isEqualTo("COMPLETED");
    }

    @Test
    void an_unknown_key_is_told_to_the_operator() {
        mining.close();
        mining = new Mining(folder, devnet.coordinatorUrl(), devnet.marketplaceUrl(), MINER, "wrong-key");
        mining.start();

        await().until(() -> mining.miner.health().summary().contains("miner.key"));
        assertThat(Failures.failureOf(() -> minerClient(MINER, "wrong-key").earnings(scope)))
                .hasMessageContaining("401");
    }
}
