package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AitbcInferenceProviderTest {
    @TempDir
    Path folder;

    @Test
    void a_chat_becomes_a_paid_job_and_its_answer_says_what_it_cost() throws Exception {
        try (Network network = new Network(folder)) {
            List<InferenceEvent> events = network.ask();

            assertThat(Answers.text(events)).isEqualTo("Hello there");
            assertThat(Answers.finished(events).usage().outputTokens()).hasValue(4);
            JobRecord job = Network.job(events);
            assertThat(job.cost()).isEqualTo(TokenAmount.parse("0.02", Rail.AITBC));
            assertThat(job.miner()).contains("miner-a");
            assertThat(job.remoteModel()).contains("llama3.2:1b");
            assertThat(job.jobId()).isEqualTo("job1");
            assertThat(job.receiptId()).contains("r1-job1");
            assertThat(job.receiptJson().orElseThrow()).contains("\"units\":1e-06,\"price\":0.10");
            assertThat(job.assurance()).isEqualTo(AssuranceLevel.NONE);
            assertThat(network.payment().state()).isEqualTo(State.SETTLED);
            assertThat(network.payment().jobId()).contains("job1");
        }
    }

    @Test
    void a_job_says_only_what_miners_read_and_who_is_paid() throws Exception {
        try (Network network = new Network(folder, "job-ttl", "90s")) {
            network.ask();

            ScriptedJob job = network.coordinator.onlyJob();
            assertThat(job.payload("type")).isEqualTo("inference");
            assertThat(job.payload("model")).isEqualTo("llama3.2:1b");
            assertThat(job.payload("prompt")).isEqualTo("Say hi");
            assertThat(job.payload("client_reference"))
                    .isEqualTo(network.payment().reference());
            assertThat(job.submission.path("constraints").path("models").path(0).stringValue())
                    .isEqualTo("llama3.2:1b");
            assertThat(job.submission.path("payment_amount").decimalValue()).isEqualByComparingTo("0.02");
            assertThat(job.submission.path("payment_currency").stringValue()).isEqualTo("AITBC");
            assertThat(job.submission.path("buyer_address").stringValue()).isEqualTo(ScriptedCoordinator.ADDRESS);
            assertThat(job.submission.path("provider_address").stringValue()).isEqualTo(ScriptedCoordinator.SELLER);
            assertThat(job.submission.path("ttl_seconds").intValue()).isEqualTo(90);
        }
    }

    @Test
    void money_is_reserved_on_disk_before_the_job_is_sent() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.submits.add(ScriptedCoordinator.Submit.HOLD);
            InferenceStream stream = network.start(Network.MODEL);
            network.coordinator.held.await();

            assertThat(Files.readString(folder.resolve("spending.jsonl")))
                    .contains("\"state\":\"RESERVED\"")
                    .endsWith("\n");

            network.coordinator.letGo.countDown();
            assertThat(Answers.text(Answers.drain(stream))).isEqualTo("Hello there");
        }
    }

    @Test
    void a_free_offer_is_used_without_payment() throws Exception {
        try (Network network = new Network(List.of(ScriptedCoordinator.offer("llama3.2:1b", "miner-a", "0")), folder)) {

            JobRecord job = Network.job(network.ask());

            assertThat(job.cost()).isEqualTo(TokenAmount.zero(Rail.AITBC));
            assertThat(network.coordinator.onlyJob().paid()).isFalse();
        }
    }

    @Test
    void signs_of_life_come_about_once_a_second_while_a_miner_works() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> {
                if (job.state.equals("QUEUED")) {
                    job.run("miner-a");
                }
            };
            InferenceStream stream = network.start(Network.MODEL);

            assertThat(stream.next()).isEqualTo(new InferenceEvent.Waiting("RUNNING"));
            assertThat(stream.next()).isEqualTo(new InferenceEvent.Waiting("RUNNING"));

            network.coordinator.onPoll = job -> job.completeWith("late but here");
            assertThat(Answers.text(Answers.drain(stream))).isEqualTo("late but here");
        }
    }

    @Test
    void closing_cancels_the_job_and_takes_the_money_back() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.run("miner-a");
            InferenceStream stream = network.start(Network.MODEL);
            await().until(() -> network.coordinator.count("GET /v1/jobs/{id}") > 0);
            stream.close();

            Failures.assertFails(ErrorCode.CANCELED, stream::next);
            await().atMost(Duration.ofSeconds(5)).until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.coordinator.onlyJob().state).isEqualTo("CANCELED");
            assertThat(network.coordinator.onlyJob().livePaymentStatus).isEqualTo("refunded");
            assertThat(network.account.spentToday()).isEqualTo(TokenAmount.zero(Rail.AITBC));
        }
    }

    @Test
    void closing_while_the_job_is_being_submitted_cancels_it_once_its_id_is_known() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.submits.add(ScriptedCoordinator.Submit.HOLD);
            InferenceStream stream = network.start(Network.MODEL);
            network.coordinator.held.await();
            stream.close();
            Failures.assertFails(ErrorCode.CANCELED, stream::next);

            network.coordinator.letGo.countDown();

            await().until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.coordinator.onlyJob().state).isEqualTo("CANCELED");
        }
    }

    @Test
    void unloading_ends_running_jobs_and_accounts_for_their_money() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.run("miner-a");
            InferenceStream stream = network.start(Network.MODEL);
            await().until(() -> network.coordinator.count("GET /v1/jobs/{id}") > 0);

            network.provider.close();

            assertThat(network.payment().state()).isEqualTo(State.RELEASED);
            Failures.assertFails(ErrorCode.CANCELED, stream::next);
        }
    }

    @Test
    void a_pinned_miner_is_asked_for_by_name_and_gets_the_job() throws Exception {
        List<String> offers = List.of(
                ScriptedCoordinator.offer("llama3.2:1b", "miner-a", "0.03"),
                ScriptedCoordinator.offer("llama3.2:1b", "miner-b", "0.01"));
        try (Network network = new Network(offers, folder)) {
            List<InferenceEvent> events = Answers.drain(network.start("llama3.2:1b@miner-a"));

            assertThat(Network.job(events).cost()).hasToString("0.04 AIT");
            assertThat(Answers.text(events)).isEqualTo("Hello there");
        }
    }

    @Test
    void tool_calls_in_the_text_become_tool_calls() throws Exception {
        ToolDefinition tool = new ToolDefinition(
                "get_time", "{\"type\":\"function\",\"function\":{\"name\":\"get_time\",\"parameters\":{}}}");
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.completeWith(
                    "Let me look.\n<tool_call>\n{\"name\": \"get_time\", \"arguments\": {\"zone\": \"UTC\"}}\n</tool_call>");

            List<InferenceEvent> events = Answers.drain(network.provider.chat(new ChatRequest(
                    Network.MODEL,
                    List.of(ChatMessage.user("What time is it?")),
                    List.of(tool),
                    InferenceSettings.defaults(),
                    RequestContext.of("r"))));

            assertThat(Answers.text(events)).isEqualTo("Let me look.");
            assertThat(events.get(1)).isInstanceOfSatisfying(InferenceEvent.ToolCalls.class, calls -> {
                assertThat(calls.calls()).hasSize(1);
                assertThat(calls.calls().getFirst().name()).isEqualTo("get_time");
                assertThat(calls.calls().getFirst().argumentsJson()).isEqualTo("{\"zone\":\"UTC\"}");
            });
            assertThat(network.coordinator.onlyJob().payload("prompt")).contains(tool.json());
        }
    }

    @Test
    void stop_texts_are_applied_to_the_answer_and_other_options_are_declared() throws Exception {
        try (Network network = new Network(folder)) {
            GenerationOptions options = GenerationOptions.of("temperature", 0.2)
                    .with("num_ctx", 32768L)
                    .with("stop", "there");

            List<InferenceEvent> events = Answers.drain(network.start(Network.MODEL, options));

            assertThat(Answers.text(events)).isEqualTo("Hello ");
            assertThat(Network.job(events).notProven())
                    .anySatisfy(line -> assertThat(line).contains("num_ctx, temperature"));
        }
    }

    @Test
    void ignored_options_are_refused_when_configured_so() throws Exception {
        try (Network network = new Network(folder, "ignored-options", "refuse")) {
            Failures.assertFails(
                    ErrorCode.UNSUPPORTED,
                    () -> network.start(Network.MODEL, GenerationOptions.of("temperature", 0.2)));
            assertThat(Answers.text(
                            Answers.drain(network.start(Network.MODEL, GenerationOptions.of("num_ctx", 4096L)))))
                    .isEqualTo("Hello there");
        }
    }

    @Test
    void what_must_stay_local_never_leaves() throws Exception {
        try (Network network = new Network(folder)) {
            RequestContext local = new RequestContext("r", PrivacyClass.LOCAL_ONLY, Optional.empty());
            Failures.assertFails(
                    ErrorCode.UNSUPPORTED,
                    () -> network.provider.chat(new ChatRequest(
                            Network.MODEL,
                            List.of(ChatMessage.user("secret")),
                            List.of(),
                            InferenceSettings.defaults(),
                            local)));
            assertThat(network.coordinator.count("POST /v1/jobs")).isZero();
        }
    }

    @Test
    void the_price_a_request_allows_is_a_cap_of_its_own() throws Exception {
        try (Network network = new Network(folder)) {
            RequestContext poor = new RequestContext(
                    "r", PrivacyClass.NETWORK_ALLOWED, Optional.of(TokenAmount.parse("0.01", Rail.AITBC)));
            Failures.assertFails(
                    ErrorCode.PRICE_ABOVE_CAP,
                    () -> network.provider.chat(new ChatRequest(
                            Network.MODEL,
                            List.of(ChatMessage.user("hi")),
                            List.of(),
                            InferenceSettings.defaults(),
                            poor)));
            assertThat(network.account.spentToday()).isEqualTo(TokenAmount.zero(Rail.AITBC));
        }
    }

    @Test
    void jobs_side_by_side_never_spend_more_than_the_day_allows() throws Exception {
        try (Network network = new Network(folder, "daily-budget", "0.10");
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ErrorCode>> asked = java.util.stream.IntStream.range(0, 12)
                    .mapToObj(i -> executor.submit(() -> {
                        try {
                            network.ask();
                            return ErrorCode.INTERNAL;
                        } catch (io.aitbc.openclaw.api.OpenClawException e) {
                            return e.code();
                        }
                    }))
                    .toList();
            int answered = 0;
            for (Future<ErrorCode> one : asked) {
                if (one.get() == ErrorCode.INTERNAL) {
                    answered++;
                } else {
                    assertThat(one.get()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
                }
            }
            assertThat(answered).isEqualTo(5);
            assertThat(network.coordinator.allJobs()).hasSize(5);
            assertThat(network.account.spentToday()).hasToString("0.1 AIT");
        }
    }

    @Test
    void the_catalogue_invents_nothing() throws Exception {
        try (Network network = new Network(folder)) {
            ModelDescriptor model = network.provider.catalogue().getFirst();

            assertThat(model.name()).isEqualTo("aitbc/llama3.2:1b");
            assertThat(model.digest()).isEmpty();
            assertThat(model.sizeBytes()).isEmpty();
            assertThat(model.family()).isEmpty();
            assertThat(model.capabilities()).containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS);
            assertThat(model.modifiedAt()).isPresent();
            assertThat(model.offers()).singleElement().satisfies(offer -> {
                assertThat(offer.miner()).isEqualTo("miner-a");
                assertThat(offer.price()).isEqualByComparingTo("0.01");
                assertThat(offer.symbol()).isEqualTo("AIT");
            });
        }
    }

    @Test
    void an_assumed_context_length_is_marked_as_one() throws Exception {
        try (Network network = new Network(folder)) {
            Map<String, Object> info =
                    network.provider.show(Network.MODEL, false).orElseThrow().info();
            assertThat(info).containsEntry("aitbc.context_length", 32768L);
            assertThat(info).containsEntry("aitbc.context_length_assumed", true);
        }
        try (Network network = new Network(folder, "context-length", "8192")) {
            Map<String, Object> info =
                    network.provider.show(Network.MODEL, false).orElseThrow().info();
            assertThat(info).containsEntry("aitbc.context_length", 8192L);
            assertThat(info).containsEntry("aitbc.context_length_assumed", false);
        }
        try (Network network = new Network(folder, "assumed-context-length", "0")) {
            assertThat(network.provider.find(Network.MODEL).orElseThrow().contextLength())
                    .isEqualTo(OptionalInt.empty());
        }
    }

    @Test
    void a_prompt_that_surely_does_not_fit_is_refused_before_it_is_paid() throws Exception {
        try (Network network = new Network(folder, "context-length", "100")) {
            Failures.assertFails(
                    ErrorCode.CONTEXT_OVERFLOW,
                    () -> network.provider.chat(new ChatRequest(
                            Network.MODEL,
                            List.of(ChatMessage.user("word ".repeat(1000))),
                            List.of(),
                            InferenceSettings.defaults(),
                            RequestContext.of("r"))));
            assertThat(network.account.history(1)).isEmpty();
        }
    }

    @Test
    void without_a_key_models_are_listed_and_nothing_is_sold() throws Exception {
        try (ScriptedCoordinator coordinator = new ScriptedCoordinator()) {
            coordinator.offers = ScriptedCoordinator.offer("llama3.2:1b", "miner-a", "0.01");
            Map<String, String> config = ScriptedCoordinator.config(coordinator);
            config.remove("wallet-key");
            try (FolderContext context = new FolderContext(folder, config);
                    var provider = new AitbcInferenceProviderFactory().create(context)) {
                assertThat(provider.catalogue()).hasSize(1);
                Failures.assertFails(
                        ErrorCode.MISSING_KEY,
                        () -> provider.chat(new ChatRequest(
                                Network.MODEL,
                                List.of(ChatMessage.user("hi")),
                                List.of(),
                                InferenceSettings.defaults(),
                                RequestContext.of("r"))));
            }
        }
    }

    @Test
    void many_jobs_at_once_share_few_connections() throws Exception {
        try (Network network = new Network(folder, "daily-budget", "100")) {
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 16; i++) {
                    executor.execute(() -> {
                        for (int job = 0; job < 5; job++) {
                            network.ask();
                        }
                    });
                }
            }

            assertThat(network.coordinator.allJobs()).hasSize(80);
            assertThat(network.coordinator.requests).hasSizeGreaterThan(400);
            assertThat(network.coordinator.connections).hasSizeLessThan(30);
        }
    }
}
