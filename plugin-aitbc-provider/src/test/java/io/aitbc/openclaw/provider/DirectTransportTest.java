package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedEscrows.Fate;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.direct.Escrows;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class DirectTransportTest {
    private static final String[] PAID = {
        "transport", "direct", "direct", "paid", "chain-url", "http://127.0.0.1:1", "direct-allow-loopback", "true"
    };

    @TempDir
    Path folder;

    private DirectNetwork free(String... more) throws Exception {
        String[] config = new String[more.length + 4];
        System.arraycopy(new String[] {"transport", "direct", "direct-allow-loopback", "true"}, 0, config, 0, 4);
        System.arraycopy(more, 0, config, 4, more.length);
        return new DirectNetwork(folder, "0", config);
    }

    @Test
    void a_free_offer_is_asked_at_its_endpoint_and_streams() throws Exception {
        try (DirectNetwork network = free()) {
            CountDownLatch goOn = new CountDownLatch(1);
            network.endpoint.next(
                    "/api/chat",
                    ScriptedAnswer.ndjson()
                            .line(OllamaLines.chatText("llama3.2:1b", "Hel"))
                            .await(goOn)
                            .line(OllamaLines.chatText("llama3.2:1b", "lo"))
                            .line(OllamaLines.chatDone("llama3.2:1b", 2))
                            .end());
            InferenceStream stream = network.start("Say hi");

            InferenceEvent first = stream.next();
            while (first instanceof InferenceEvent.Waiting) {
                first = stream.next();
            }
            assertThat(first).isEqualTo(new InferenceEvent.Text("Hel"));
            goOn.countDown();
            List<InferenceEvent> rest = Answers.drain(stream);

            assertThat(Answers.text(rest)).isEqualTo("lo");
            JobRecord job = Answers.finished(rest).job().orElseThrow();
            assertThat(job.transport()).isEqualTo("direct");
            assertThat(job.miner()).contains("miner-a");
            assertThat(job.cost()).isEqualTo(TokenAmount.zero(Rail.AITBC));
            assertThat(job.assurance()).isEqualTo(AssuranceLevel.NONE);
            assertThat(job.receiptId()).isEmpty();
            assertThat(job.notProven())
                    .anyMatch(line -> line.contains("nobody signed"))
                    .anyMatch(line -> line.contains("only repeats the name"))
                    .anyMatch(line -> line.contains("anybody can publish"));
            assertThat(network.coordinator.requests).noneMatch(request -> request.contains("jobs"));
            assertThat(network.escrows.calls).isEmpty();
            assertThat(network.ledger.history(5)).isEmpty();
        }
    }

    @Test
    void everything_a_request_asks_for_is_sent_but_how_long_the_model_stays() throws Exception {
        try (DirectNetwork network = free()) {
            network.answers("ok");
            InferenceSettings settings = new InferenceSettings(
                    GenerationOptions.of("temperature", 0.5).with("seed", 7L).with("stop", List.of("x")),
                    Optional.of(new OutputFormat.Schema("{\"type\":\"object\"}")),
                    Think.LOW,
                    Optional.of(Duration.ofMinutes(5)),
                    true,
                    3,
                    false,
                    false);
            ChatMessage picture = new ChatMessage(
                    Role.USER,
                    "What is it?",
                    Optional.empty(),
                    List.of("aW1n"),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
            ChatRequest request = new ChatRequest(
                    DirectNetwork.MODEL, List.of(picture), List.of(), settings, RequestContext.of("r1"));

            JobRecord job = Answers.finished(Answers.drain(network.provider.chat(request)))
                    .job()
                    .orElseThrow();

            JsonNode body = Json.MAPPER.readTree(
                    network.endpoint.requests("/api/chat").getFirst().body());
            assertThat(body).isEqualTo(Json.MAPPER.readTree("""
                    {"model":"llama3.2:1b","messages":[{"role":"user","content":"What is it?","images":["aW1n"]}],\
                    "stream":true,"format":{"type":"object"},"think":"low",\
                    "options":{"temperature":0.5,"seed":7,"stop":["x"]},"logprobs":true,"top_logprobs":3,\
                    "truncate":false,"shift":false}"""));
            assertThat(job.notProven().getLast()).contains("keep_alive");
        }
    }

    @Test
    void a_completion_keeps_its_form() throws Exception {
        try (DirectNetwork network = free()) {
            network.endpoint.next(
                    "/api/generate", ScriptedAnswer.stream(OllamaLines.generate("llama3.2:1b", "a", "b")));
            GenerateRequest request = new GenerateRequest(
                    DirectNetwork.MODEL,
                    "def f(",
                    Optional.of("return 1"),
                    Optional.of("be brief"),
                    Optional.empty(),
                    List.of(1, 2),
                    false,
                    List.of(),
                    InferenceSettings.defaults(),
                    RequestContext.of("r1"));

            assertThat(Answers.text(Answers.drain(network.provider.generate(request))))
                    .isEqualTo("ab");

            JsonNode body = Json.MAPPER.readTree(
                    network.endpoint.requests("/api/generate").getFirst().body());
            assertThat(body.path("suffix").stringValue()).isEqualTo("return 1");
            assertThat(body.path("system").stringValue()).isEqualTo("be brief");
            assertThat(body.path("context")).hasSize(2);
        }
    }

    @Test
    void an_endpoint_that_is_refused_is_not_asked_and_the_reason_is_told() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0", "transport", "direct")) {
            OpenClawException failure = Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask);
            assertThat(failure).hasMessageContaining("loopback address");
            assertThat(network.endpoint.requests()).isEmpty();
        }
    }

    @Test
    void offers_that_cost_something_are_not_asked_unless_that_is_set() throws Exception {
        try (DirectNetwork network =
                new DirectNetwork(folder, "0.01", "transport", "direct", "direct-allow-loopback", "true")) {
            assertThat(Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask))
                    .hasMessageContaining("direct = paid");
            assertThat(network.endpoint.requests()).isEmpty();
        }
    }

    @Test
    void by_default_requests_travel_as_jobs() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0", "direct-allow-loopback", "true")) {
            assertThat(Network.job(network.ask()).transport()).isEqualTo("job");
            assertThat(network.endpoint.requests()).isEmpty();
        }
    }

    @Test
    void auto_goes_directly_where_it_can_and_as_a_job_where_not() throws Exception {
        try (DirectNetwork network =
                new DirectNetwork(folder, "0", "transport", "auto", "direct-allow-loopback", "true")) {
            network.endpoint.next("/api/chat", ScriptedAnswer.stream(OllamaLines.chat("llama3.2:1b", "hi")));
            network.endpoint.always("/api/chat", ScriptedAnswer.silent().reset());

            assertThat(Network.job(network.ask()).transport()).isEqualTo("direct");
            assertThat(Network.job(Answers.drain(network.startWithTools())).transport())
                    .isEqualTo("job");
            Failures.assertFails(ErrorCode.UNREACHABLE, network::ask);
            assertThat(Network.job(network.ask()).transport())
                    .describedAs("after its endpoint failed")
                    .isEqualTo("job");
        }
    }

    @Test
    void the_endpoint_that_failed_a_moment_ago_is_asked_last() throws Exception {
        UnaryOperator<String> offers = url -> DirectNetwork.offer("a-dead", "0", "http://127.0.0.1:1")
                + ","
                + DirectNetwork.offer("b-good", "0", url);
        try (DirectNetwork network =
                new DirectNetwork(folder, offers, "transport", "direct", "direct-allow-loopback", "true")) {
            network.answers("hi");

            Failures.assertFails(ErrorCode.UNREACHABLE, network::ask);

            assertThat(Network.job(network.ask()).miner()).contains("b-good");
        }
    }

    @Test
    void closing_closes_the_socket_within_a_second() throws Exception {
        try (DirectNetwork network = free()) {
            network.endpoint.next("/api/chat", ScriptedAnswer.ndjson().hang());
            InferenceStream stream = network.start("Say hi");
            await().until(() -> !network.endpoint.requests().isEmpty());

            stream.close();

            Failures.assertFails(ErrorCode.CANCELED, stream::next);
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !network.endpoint.disconnects().isEmpty());
        }
    }

    @Test
    void a_consumer_that_does_not_read_does_not_fill_the_memory() throws Exception {
        try (DirectNetwork network = free("direct-idle-timeout", "20s")) {
            ScriptedAnswer answer = ScriptedAnswer.ndjson();
            for (int i = 0; i < 2000; i++) {
                answer = answer.line(OllamaLines.chatText("llama3.2:1b", "x"));
            }
            network.endpoint.next(
                    "/api/chat",
                    answer.line(OllamaLines.chatDone("llama3.2:1b", 2000)).end());

            List<InferenceEvent> events = Answers.drain(network.start("Say hi"));

            assertThat(Answers.text(events)).hasSize(2000);
        }
    }

    // --- money ---

    @Test
    void a_paid_answer_has_its_escrow_before_and_its_release_after() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            network.answers("Hello");

            JobRecord job = Network.job(network.ask());

            assertThat(network.escrows.calls).containsExactly("create", "release");
            assertThat(network.escrows.amounts.values()).containsExactly(ScriptedCoordinator.SELLER + " 0.02 AIT");
            assertThat(job.cost()).isEqualTo(TokenAmount.parse("0.02", Rail.AITBC));
            assertThat(job.notProven()).anyMatch(line -> line.contains("locks none"));
            assertThat(network.payment().state()).isEqualTo(State.SETTLED);
            assertThat(Json.MAPPER
                            .readTree(network.endpoint
                                    .requests("/api/chat")
                                    .getFirst()
                                    .body())
                            .path("options")
                            .path("num_predict")
                            .intValue())
                    .describedAs("as much as is paid for")
                    .isEqualTo(1024);
        }
    }

    @Test
    void the_reservation_is_on_disk_before_anything_is_sent() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            CountDownLatch goOn = new CountDownLatch(1);
            network.endpoint.next(
                    "/api/chat",
                    ScriptedAnswer.ndjson()
                            .await(goOn)
                            .line(OllamaLines.chatDone("llama3.2:1b", 0))
                            .end());
            InferenceStream stream = network.start("Say hi");
            await().until(() -> !network.endpoint.requests().isEmpty());

            assertThat(Files.readString(folder.resolve("spending.jsonl"))).contains("\"state\":\"RESERVED\"");
            assertThat(network.escrows.states.values()).containsExactly(Escrows.State.OPEN);

            goOn.countDown();
            Answers.drain(stream);
        }
    }

    @Test
    void an_answer_that_is_not_whole_is_refunded() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            network.endpoint.next(
                    "/api/chat",
                    ScriptedAnswer.ndjson()
                            .line(OllamaLines.chatText("llama3.2:1b", "Hel"))
                            .close());

            Failures.assertFails(ErrorCode.STREAM_CUT, network::ask);

            await().until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.escrows.calls).containsExactly("create", "refund");
        }
    }

    @Test
    void a_client_that_leaves_gets_its_money_back() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            network.endpoint.next("/api/chat", ScriptedAnswer.ndjson().hang());
            InferenceStream stream = network.start("Say hi");
            await().until(() -> !network.endpoint.requests().isEmpty());

            stream.close();

            await().until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.escrows.calls).containsExactly("create", "refund");
        }
    }

    @Test
    void an_escrow_whose_creation_was_lost_is_looked_up_and_not_made_twice() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            network.answers("Hello");
            network.escrows.creates.add(Fate.LOST_AFTER);

            network.ask();

            assertThat(network.escrows.calls).containsExactly("create", "release");
            assertThat(network.escrows.states).hasSize(1);
            assertThat(network.payment().state()).isEqualTo(State.SETTLED);
        }
    }

    @Test
    void an_escrow_that_never_arrived_is_asked_for_once_more() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            network.answers("Hello");
            network.escrows.creates.add(Fate.LOST_BEFORE);

            network.ask();

            assertThat(network.escrows.calls).containsExactly("create", "create", "release");
        }
    }

    @Test
    void without_an_escrow_nobody_is_asked() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            network.escrows.creates.add(Fate.REFUSED);

            Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask);

            await().until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.endpoint.requests()).isEmpty();
        }
    }

    @Test
    void a_chain_that_is_away_leaves_the_payment_in_doubt_and_nobody_is_asked() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            network.escrows.creates.add(Fate.LOST_AFTER);
            network.escrows.away = true;

            Failures.assertFails(ErrorCode.UNREACHABLE, network::ask);

            await().until(() -> network.payment().state() == State.UNKNOWN);
            assertThat(network.endpoint.requests()).isEmpty();
        }
    }

    @Test
    void a_release_that_may_have_paid_is_not_repeated() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "0.01", PAID)) {
            network.answers("Hello");
            network.escrows.releases.add(Fate.LOST_AFTER);

            JobRecord job = Network.job(network.ask());

            assertThat(network.escrows.calls).containsExactly("create", "release");
            assertThat(network.payment().state()).isEqualTo(State.UNKNOWN);
            assertThat(job.notProven()).anyMatch(line -> line.contains("not confirmed"));
        }
    }

    @Test
    void a_paid_answer_needs_a_wallet_and_stays_within_the_caps() throws Exception {
        try (DirectNetwork network = new DirectNetwork(folder, "5", PAID)) {
            Failures.assertFails(ErrorCode.PRICE_ABOVE_CAP, network::ask);
            assertThat(network.escrows.calls).isEmpty();
            assertThat(network.endpoint.requests()).isEmpty();
        }
    }

    // --- privacy ---

    @Test
    void a_preview_is_exactly_what_leaves() throws Exception {
        try (DirectNetwork network = free()) {
            network.answers("Mail [EMAIL_1]");
            ChatRequest request = DirectNetwork.request(
                    PrivacyClass.REDACTED, InferenceSettings.defaults(), "I am jane@example.org, host 10.0.0.7");

            Departure departure = network.provider.preview(request).orElseThrow();
            assertThat(network.endpoint.requests()).isEmpty();
            List<InferenceEvent> events = Answers.drain(network.provider.chat(request));

            assertThat(departure.text())
                    .isEqualTo(network.endpoint.requests("/api/chat").getFirst().body())
                    .contains("I am [EMAIL_1], host [PRIVATE_IP_1]");
            assertThat(departure.destination()).isEqualTo(network.endpoint.url() + "/api/chat");
            assertThat(departure.redactions()).containsEntry("email", 1).containsEntry("private_ip", 1);
            assertThat(Answers.text(events)).isEqualTo("Mail jane@example.org");
            assertThat(Network.job(events).redactions()).isEqualTo(departure.redactions());
        }
    }

    @Test
    void what_must_stay_here_stays_here() throws Exception {
        try (DirectNetwork network = free()) {
            ChatRequest request =
                    DirectNetwork.request(PrivacyClass.LOCAL_ONLY, InferenceSettings.defaults(), "secret");

            Failures.assertFails(ErrorCode.UNSUPPORTED, () -> network.provider.chat(request));
            Failures.assertFails(ErrorCode.UNSUPPORTED, () -> network.provider.preview(request));
            assertThat(network.endpoint.requests()).isEmpty();
            assertThat(network.coordinator.requests).noneMatch(line -> line.contains("jobs"));
        }
    }
}
