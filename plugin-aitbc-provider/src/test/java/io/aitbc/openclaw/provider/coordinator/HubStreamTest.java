package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream of the hub: events as they come, and everything that can go wrong with them. */
@Timeout(30)
class HubStreamTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String STREAM = "POST /v1/inference/generate/stream";

    private final ScriptedHttp hub = new ScriptedHttp();
    private final CallScope scope = new CallScope();
    private final CountDownLatch release = new CountDownLatch(1);
    private CoordinatorServices services;

    @BeforeEach
    void start() {
        TestingServices.login(hub);
        services = TestingServices.of(hub);
    }

    @AfterEach
    void stop() {
        release.countDown();
        services.close();
        hub.close();
    }

    @Test
    void pieces_arrive_in_order_and_the_context_at_the_end() {
        streams(
                ": hello",
                "data: {\"token\":\"Hel\"}",
                "event: x\r\nid: 7\r\ndata:{\"token\":\"lo\"}",
                "data: {\"unknown\":1}",
                "data: {\"token\":\" ü\\n\"}",
                "data: {\"done\":true,\"context\":[1,2,\"x\",99999999999]}");

        try (HubStream stream = open(LONG, LONG)) {
            assertThat(drain(stream)).containsExactly("Hel", "lo", " ü\n");
            assertThat(stream.context()).containsExactly(1, 2);
        }
    }

    @Test
    void an_error_inside_a_stream_of_status_200_is_a_failure() {
        streams("data: {\"token\":\"Hel\"}", "data: {\"error\":\"All connection attempts failed\"}");

        try (HubStream stream = open(LONG, LONG)) {
            assertThat(stream.next()).contains("Hel");
            assertThat(Failures.assertFails(ErrorCode.PROVIDER_FAILED, stream::next))
                    .hasMessageContaining("All connection attempts failed");
        }
    }

    @Test
    void a_stream_that_ends_before_it_is_done_is_a_failure() {
        streams("data: {\"token\":\"Hel\"}");

        try (HubStream stream = open(LONG, LONG)) {
            assertThat(stream.next()).contains("Hel");
            Failures.assertFails(ErrorCode.STREAM_CUT, stream::next);
        }
    }

    @Test
    void an_event_that_was_not_finished_does_not_count() {
        hub.on(STREAM, call -> write(begin(call), "data: {\"done\":true}"));

        try (HubStream stream = open(LONG, LONG)) {
            Failures.assertFails(ErrorCode.STREAM_CUT, stream::next);
        }
    }

    @Test
    void a_refused_stream_is_its_status() {
        hub.answer(STREAM, 503, "{\"detail\":\"Ollama service not available\"}");

        assertThat(Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> open(LONG, LONG)))
                .hasMessageContaining("Ollama service not available");
    }

    @Test
    void a_refused_token_is_renewed_before_anything_is_streamed() {
        streams("data: {\"token\":\"a\"}", "data: {\"done\":true}");
        try (HubStream stream = open(LONG, LONG)) {
            drain(stream);
        }
        TestingServices.login(hub, "token-2");
        hub.on(STREAM, call -> {
            if (call.header("Authorization").equals("Bearer token-2")) {
                write(begin(call), "data: {\"token\":\"b\"}\n\ndata: {\"done\":true}\n\n");
            } else {
                call.send(401, "{\"detail\":\"Invalid token\"}");
            }
        });

        try (HubStream stream = open(LONG, LONG)) {
            assertThat(drain(stream)).containsExactly("b");
        }
    }

    @Test
    void a_server_that_does_not_begin_is_given_up() {
        hub.on(STREAM, call -> hold());

        Failures.assertFails(ErrorCode.FIRST_BYTE_TIMEOUT, () -> {
            try (HubStream stream = open(SHORT, LONG)) {
                stream.next();
            }
        });
    }

    @Test
    void comments_are_no_first_event() {
        hub.on(STREAM, call -> {
            OutputStream out = begin(call);
            while (release.getCount() > 0) {
                write(out, ": still here\n\n");
                hold(5);
            }
        });

        Failures.assertFails(ErrorCode.FIRST_BYTE_TIMEOUT, () -> {
            try (HubStream stream = open(SHORT, LONG)) {
                stream.next();
            }
        });
    }

    @Test
    void a_server_that_pauses_too_long_is_given_up() {
        hub.on(STREAM, call -> {
            write(begin(call), "data: {\"token\":\"Hel\"}\n\n");
            hold();
        });

        try (HubStream stream = open(LONG, SHORT)) {
            assertThat(stream.next()).contains("Hel");
            Failures.assertFails(ErrorCode.IDLE_TIMEOUT, stream::next);
        }
    }

    @Test
    void canceling_the_scope_closes_the_connection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        hub.on(STREAM, call -> {
            OutputStream out = begin(call);
            write(out, "data: {\"token\":\"Hel\"}\n\n");
            try {
                while (release.getCount() > 0) {
                    write(out, ": still here\n\n");
                    hold(5);
                }
            } catch (IOException e) {
                closed.countDown();
            }
        });
        try (HubStream stream = open(LONG, LONG)) {
            assertThat(stream.next()).contains("Hel");
            Thread.startVirtualThread(scope::cancel);

            Failures.assertFails(ErrorCode.CANCELED, stream::next);
        }
        assertThat(closed.await(10, TimeUnit.SECONDS)).as("the server noticed").isTrue();
    }

    @Test
    void an_endless_line_is_refused() {
        hub.on(STREAM, call -> {
            OutputStream out = begin(call);
            write(out, "data: ");
            for (int i = 0; i < 3000; i++) {
                write(out, "x".repeat(1024));
            }
            hold();
        });

        try (HubStream stream = open(LONG, LONG)) {
            Failures.assertFails(ErrorCode.MALFORMED_ANSWER, stream::next);
        }
    }

    @Test
    void whatever_a_stream_says_is_read_or_refused() {
        String[] pieces = {
            "data: ", "data:", "\n", "\n\n", "\r\n", "{\"token\":\"a\"}", "{\"token\":7}", "{\"error\":[]}",
                    "{\"done\":1}",
            "{\"done\":true", "[1]", "null", ":", "event: x\n", "\u0000", "ü", "data", "{\"token\":\"\\ud800\"}"
        };
        Random random = new Random(20261125);
        for (int round = 0; round < 100; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            hub.on(STREAM, call -> write(begin(call), text.toString()));
            try (HubStream stream = open(LONG, LONG)) {
                drain(stream);
            } catch (OpenClawException e) {
                assertThat(e.code())
                        .as(text.toString())
                        .isIn(ErrorCode.STREAM_CUT, ErrorCode.MALFORMED_ANSWER, ErrorCode.PROVIDER_FAILED);
            }
        }
    }

    private void hold() {
        hold(60_000);
    }

    private void hold(int millis) {
        try {
            release.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void streams(String... events) {
        hub.on(STREAM, call -> {
            assertThat(call.header("Accept")).isEqualTo("text/event-stream");
            write(begin(call), String.join("\n\n", events) + "\n\n");
        });
    }

    private static OutputStream begin(ScriptedHttp.Call call) throws IOException {
        call.exchange().getResponseHeaders().add("Content-Type", "text/event-stream");
        call.exchange().sendResponseHeaders(200, 0);
        return call.exchange().getResponseBody();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private HubStream open(Duration firstEvent, Duration idle) {
        return services.hub().stream(HubRequest.of("tiny", "Say hi"), firstEvent, idle, scope);
    }

    private static List<String> drain(HubStream stream) {
        List<String> pieces = new ArrayList<>();
        for (Optional<String> piece = stream.next(); piece.isPresent(); piece = stream.next()) {
            pieces.add(piece.get());
        }
        return pieces;
    }
}
