package io.aitbc.openclaw.provider.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.RecordedRequest;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A stranger's endpoint, as bad as it can be. */
@Timeout(30)
class DirectExchangeTest {
    private static final String MODEL = "llama3.2:1b";
    /** Longer than a busy machine takes. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration SHORT = Duration.ofMillis(300);

    private static final DirectLimits LIMITS = limits(LONG, LONG);

    private final ScriptedOllama ollama = ScriptedOllama.start();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final EndpointRules rules = new EndpointRules(Set.of(443), List.of(), true);
    private final DirectHttp http = new DirectHttp(rules, LIMITS, Optional.empty());
    private final CollectingSink sink = new CollectingSink();
    private final CallScope scope = new CallScope();

    @AfterEach
    void stop() {
        http.close();
        ollama.close();
        timer.shutdownNow();
    }

    private static DirectLimits limits(Duration firstByte, Duration idle) {
        return new DirectLimits(firstByte, idle, LONG, 20_000, 200_000);
    }

    private static String line(String text) {
        return OllamaLines.chatText(MODEL, text);
    }

    private static String done() {
        return "{\"model\":\"%s\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"eval_count\":2}"
                .formatted(MODEL);
    }

    private DirectExchange.Whole ask(String url) {
        return ask(http, url);
    }

    private DirectExchange.Whole ask(DirectHttp client, String url) {
        DirectQuestion question = new DirectQuestion("api/chat", MODEL, "{\"model\":\"llama3.2:1b\"}");
        return new DirectExchange(client, DirectEndpoint.of(url, rules), question, sink, scope).ask(timer);
    }

    private DirectExchange.Whole ask() {
        return ask(ollama.url().toString());
    }

    @Test
    void text_is_passed_on_as_it_comes() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        ollama.next(
                "/api/chat",
                ScriptedAnswer.ndjson()
                        .line(line("Hel"))
                        .await(goOn)
                        .line(line("lo"))
                        .line(done())
                        .end());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<DirectExchange.Whole> whole = executor.submit(() -> ask());
            assertThat(sink.content.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(sink.text()).isEqualTo("Hel");
            goOn.countDown();
            assertThat(whole.get().last().usage().outputTokens()).hasValue(2);
        }
        assertThat(sink.text()).isEqualTo("Hello");
    }

    @Test
    void thinking_tools_and_logprobs_are_understood() {
        ollama.next(
                "/api/chat",
                ScriptedAnswer.stream(List.of(
                        "{\"model\":\"LLAMA3.2:1B\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"hm\"},\"done\":false}",
                        "{\"model\":\"llama3.2:1b\",\"message\":{\"content\":\"a\"},\"logprobs\":[{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":[97]}],\"done\":false}",
                        "{\"model\":\"llama3.2:1b\",\"message\":{\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}}]},\"done\":false}",
                        done())));

        ask();

        assertThat(sink.events.get(0)).isEqualTo(new InferenceEvent.Thinking("hm"));
        assertThat(((InferenceEvent.Text) sink.events.get(1)).logprobs()).hasSize(1);
        assertThat(((InferenceEvent.ToolCalls) sink.events.get(2)).calls())
                .singleElement()
                .matches(call -> call.name().equals("f") && call.argumentsJson().equals("{\"x\":1}"));
    }

    static Stream<Arguments> failures() {
        String hello = line("Hel");
        ScriptedAnswer head = ScriptedAnswer.ndjson();
        return Stream.of(
                Arguments.of("cut before the head", ScriptedAnswer.silent().reset(), ErrorCode.UNREACHABLE),
                Arguments.of("closed before the head", ScriptedAnswer.silent().close(), ErrorCode.UNREACHABLE),
                Arguments.of("no HTTP", raw("SSH-2.0-OpenSSH_9.6\r\n"), ErrorCode.MALFORMED_ANSWER),
                Arguments.of("hangs before the head", ScriptedAnswer.silent().hang(), ErrorCode.FIRST_BYTE_TIMEOUT),
                Arguments.of(
                        "hangs within the head", raw("HTTP/1.1 200 OK\r\nX: ").hang(), ErrorCode.FIRST_BYTE_TIMEOUT),
                Arguments.of("hangs after the head", head.hang(), ErrorCode.FIRST_BYTE_TIMEOUT),
                Arguments.of(
                        "sends blank lines only",
                        head.line("").line("").line("").hang(),
                        ErrorCode.FIRST_BYTE_TIMEOUT),
                Arguments.of("cut after the head", head.reset(), ErrorCode.STREAM_CUT),
                Arguments.of("reset in the middle", head.line(hello).reset(), ErrorCode.STREAM_CUT),
                Arguments.of("closed in the middle", head.line(hello).close(), ErrorCode.STREAM_CUT),
                Arguments.of("ends without done", head.line(hello).end(), ErrorCode.STREAM_CUT),
                Arguments.of(
                        "ends within a line",
                        head.line(hello).chunk("{\"model\":\"lla").end(),
                        ErrorCode.STREAM_CUT),
                Arguments.of("hangs in the middle", head.line(hello).hang(), ErrorCode.IDLE_TIMEOUT),
                Arguments.of("drips", drip(head.line(hello)), ErrorCode.IDLE_TIMEOUT),
                Arguments.of(
                        "error line first",
                        head.line("{\"error\":\"no memory\"}").end(),
                        ErrorCode.PROVIDER_FAILED),
                Arguments.of(
                        "error line midway",
                        head.line(hello).line("{\"error\":{\"message\":\"x\"}}").end(),
                        ErrorCode.PROVIDER_FAILED),
                Arguments.of("no JSON", head.line("<html>").end(), ErrorCode.MALFORMED_ANSWER),
                Arguments.of("a list", head.line("[1]").end(), ErrorCode.MALFORMED_ANSWER),
                Arguments.of("two values", head.line("{} {}").end(), ErrorCode.MALFORMED_ANSWER),
                Arguments.of("wrong type", head.line("{\"message\":7}").end(), ErrorCode.MALFORMED_ANSWER),
                Arguments.of("deep", head.line("[".repeat(5000)).end(), ErrorCode.MALFORMED_ANSWER),
                Arguments.of(
                        "long line",
                        head.line("{\"x\":\"" + "a".repeat(25_000) + "\"}").end(),
                        ErrorCode.MALFORMED_ANSWER),
                Arguments.of("endless line", endless(head, "a".repeat(8000)), ErrorCode.MALFORMED_ANSWER),
                Arguments.of(
                        "endless answer", endless(head, line("a".repeat(8000)) + "\n"), ErrorCode.MALFORMED_ANSWER),
                Arguments.of("endless blank lines", endless(head, "\n".repeat(8000)), ErrorCode.MALFORMED_ANSWER),
                Arguments.of(
                        "endless head",
                        raw("HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(60_000)),
                        ErrorCode.UNREACHABLE),
                Arguments.of(
                        "other model",
                        head.line(OllamaLines.chatText("tiny:1b", "Hel")).end(),
                        ErrorCode.MODEL_SUBSTITUTED),
                Arguments.of(
                        "redirect",
                        raw("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
                        ErrorCode.PROVIDER_FAILED),
                Arguments.of(
                        "redirect that keeps the method",
                        raw("HTTP/1.1 307 X\r\nLocation: /api/chat\r\nContent-Length: 0\r\n\r\n"),
                        ErrorCode.PROVIDER_FAILED),
                Arguments.of("page", ScriptedAnswer.whole(200, "text/html", "<html>"), ErrorCode.MALFORMED_ANSWER),
                Arguments.of("no type", ScriptedAnswer.whole(200, "", "{}"), ErrorCode.MALFORMED_ANSWER),
                Arguments.of(
                        "compressed",
                        raw(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nab"),
                        ErrorCode.MALFORMED_ANSWER),
                Arguments.of(
                        "wants a password",
                        raw("HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"),
                        ErrorCode.NOT_AUTHORIZED),
                Arguments.of(
                        "wants to be a proxy",
                        raw("HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"),
                        ErrorCode.MALFORMED_ANSWER),
                Arguments.of(
                        "no such model",
                        ScriptedAnswer.json(404, "{\"error\":\"model not found\"}"),
                        ErrorCode.MODEL_NOT_FOUND),
                Arguments.of(
                        "cannot do it",
                        ScriptedAnswer.json(400, "{\"error\":\"does not support tools\"}"),
                        ErrorCode.UNSUPPORTED),
                Arguments.of("busy", ScriptedAnswer.json(503, "{\"error\":\"busy\"}"), ErrorCode.OVERLOADED),
                Arguments.of("fails", ScriptedAnswer.json(500, "oops"), ErrorCode.PROVIDER_FAILED),
                Arguments.of(
                        "endless error",
                        raw("HTTP/1.1 500 X\r\nContent-Length: 99999999\r\n\r\n" + "a".repeat(20_000))
                                .hang(),
                        ErrorCode.PROVIDER_FAILED));
    }

    private static ScriptedAnswer raw(String bytes) {
        return ScriptedAnswer.silent().send(bytes.getBytes(StandardCharsets.UTF_8));
    }

    private static ScriptedAnswer drip(ScriptedAnswer answer) {
        ScriptedAnswer dripping = answer;
        for (int i = 0; i < 40; i++) {
            dripping = dripping.chunk(" ").pause(Duration.ofMillis(50));
        }
        return dripping.hang();
    }

    private static ScriptedAnswer endless(ScriptedAnswer answer, String piece) {
        ScriptedAnswer longer = answer;
        for (int i = 0; i < 40; i++) {
            longer = longer.chunk(piece);
        }
        return longer.hang();
    }

    @Test
    void an_answer_that_takes_too_long_says_which_limit_it_met() {
        DirectLimits brief = new DirectLimits(
                Duration.ofMillis(700), Duration.ofMillis(500), Duration.ofMillis(300), 20_000, 200_000);
        ScriptedAnswer endless = ScriptedAnswer.ndjson();
        for (int i = 0; i < 40; i++) {
            endless = endless.line(line("again")).pause(Duration.ofMillis(50));
        }
        ollama.next("/api/chat", endless.hang());
        try (DirectHttp hurried = new DirectHttp(rules, brief, Optional.empty())) {
            OpenClawException failure = Failures.assertFails(
                    ErrorCode.IDLE_TIMEOUT, () -> ask(hurried, ollama.url().toString()));

            assertThat(failure).hasMessageContaining("within 300 ms (direct-timeout)");
        }
    }

    @Test
    void no_first_line_is_the_same_failure_when_the_timer_is_later_than_the_socket() {
        ollama.next("/api/chat", ScriptedAnswer.ndjson().hang());
        ScheduledExecutorService late = new ScheduledThreadPoolExecutor(0) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                return super.schedule(command, 1, TimeUnit.HOURS);
            }
        };
        try (DirectHttp client = new DirectHttp(rules, limits(SHORT, LONG), Optional.empty())) {
            DirectQuestion question = new DirectQuestion("api/chat", MODEL, "{}");
            DirectExchange exchange = new DirectExchange(
                    client, DirectEndpoint.of(ollama.url().toString(), rules), question, sink, scope);
            Failures.assertFails(ErrorCode.FIRST_BYTE_TIMEOUT, () -> exchange.ask(late));
        } finally {
            late.shutdownNow();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void a_bad_answer_is_a_typed_failure(String name, ScriptedAnswer answer, ErrorCode code) {
        ollama.next("/api/chat", answer);
        DirectLimits limits = limits(
                code == ErrorCode.FIRST_BYTE_TIMEOUT ? SHORT : LONG, code == ErrorCode.IDLE_TIMEOUT ? SHORT : LONG);

        OpenClawException failure;
        try (DirectHttp client = new DirectHttp(rules, limits, Optional.empty())) {
            failure = Failures.assertFails(code, () -> ask(client, ollama.url().toString()));
        }

        assertThat(failure.getMessage()).hasSizeLessThan(600).doesNotContain("\n");
        assertThat(failure.upstreamStatus()).isEmpty();
        assertThat(sink.text()).isIn("", "Hel", "a".repeat(8000).repeat(sink.events.size()));
        assertThat(ollama.requests()).hasSize(1);
    }

    @Test
    void nothing_of_a_substituted_model_is_passed_on() {
        ollama.next(
                "/api/chat",
                ScriptedAnswer.stream(List.of(line("a"), OllamaLines.chatText("tiny:1b", "SECRETLY OTHER"), done())));

        Failures.assertFails(ErrorCode.MODEL_SUBSTITUTED, this::ask);

        assertThat(sink.text()).isEqualTo("a");
    }

    @Test
    void an_answer_that_names_no_model_says_so() {
        ollama.next(
                "/api/chat",
                ScriptedAnswer.stream(List.of("{\"message\":{\"content\":\"a\"},\"done\":false}", "{\"done\":true}")));

        assertThat(ask().modelNamed()).isFalse();
    }

    @Test
    void cancelling_closes_the_socket_within_a_second() throws Exception {
        ollama.next("/api/chat", ScriptedAnswer.ndjson().line(line("Hel")).hang());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<OpenClawException> failure = executor.submit(() -> Failures.failureOf(this::ask));
            assertThat(sink.content.await(10, TimeUnit.SECONDS)).isTrue();
            long start = System.nanoTime();
            scope.cancel();
            assertThat(failure.get().code()).isEqualTo(ErrorCode.CANCELED);
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !ollama.disconnects().isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void nothing_but_the_question_is_sent() {
        ollama.next(
                "/api/chat",
                raw("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nSet-Cookie: id=1\r\nConnection: close\r\n\r\n"
                                + done() + "\n")
                        .close());
        ollama.next("/api/chat", ScriptedAnswer.stream(List.of(done())));

        ask();
        ask();

        for (RecordedRequest request : ollama.requests()) {
            assertThat(request.headers().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                    .containsExactlyInAnyOrder(
                            "host",
                            "accept",
                            "accept-encoding",
                            "user-agent",
                            "content-type",
                            "content-length",
                            "connection");
            assertThat(request.body()).isEqualTo("{\"model\":\"llama3.2:1b\"}");
        }
    }

    @Test
    void a_name_of_a_private_address_is_not_connected_to() {
        List<InetAddress> local = List.of(InetAddress.ofLiteral("10.0.0.1"));
        EndpointRules named = new EndpointRules(Set.of(ollama.port()), List.of(), false);
        try (DirectHttp rebinding = new DirectHttp(named, LIMITS, Optional.empty(), host -> local)) {
            DirectEndpoint endpoint = DirectEndpoint.of("https://gpu.seller.net:" + ollama.port(), named);
            DirectQuestion question = new DirectQuestion("api/chat", MODEL, "{}");
            OpenClawException failure = Failures.assertFails(
                    ErrorCode.PROVIDER_FAILED,
                    () -> new DirectExchange(rebinding, endpoint, question, sink, scope).ask(timer));
            assertThat(failure).hasMessageContaining("10.0.0.1 is a private address");
        }
        assertThat(ollama.requests()).isEmpty();
    }

    @Test
    void a_name_that_does_not_resolve_in_time_is_given_up() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        EndpointRules named = new EndpointRules(Set.of(443), List.of(), false);
        try (DirectHttp slow = new DirectHttp(named, limits(SHORT, LONG), Optional.empty(), host -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                });
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            DirectEndpoint endpoint = DirectEndpoint.of("https://gpu.seller.net", named);
            Future<OpenClawException> failure = executor.submit(() -> Failures.failureOf(
                    () -> new DirectExchange(slow, endpoint, new DirectQuestion("api/chat", MODEL, "{}"), sink, scope)
                            .ask(timer)));
            await().until(() -> !sink.failures.isEmpty());
            assertThat(sink.failures.getFirst().code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
            never.countDown();
            assertThat(failure.get().code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
        }
    }

    @Test
    void hosts_do_not_share_connections_even_at_one_address() {
        ollama.always("/api/chat", ScriptedAnswer.stream(List.of(done())));

        ask("http://127.0.0.1:" + ollama.port());
        ask("http://127.0.0.1:" + ollama.port());
        assertThat(http.connections()).isEqualTo(1);
        ask("http://localhost:" + ollama.port());

        assertThat(http.connections()).isEqualTo(2);
    }
}
