package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that send too much, too slowly, do not read, or come all at once; and a server that ends. */
class LimitsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String GENERATE =
            RawClient.request("POST", "/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}");

    private final TestingEngine engine = new TestingEngine();
    private final ScriptedStream stream = new ScriptedStream();
    private ApiServer server;

    private int start(ApiServerOptions options) {
        server = ApiServer.start(options.withPort(0), TestingExtensions.of(engine), List::of);
        return server.port();
    }

    @AfterEach
    void stop() {
        stream.close();
        server.close();
    }

    private static ApiServerOptions withBodyLimit(long bytes) {
        return ApiServerOptions.defaults().withLimits(bytes, 10, 100);
    }

    @Test
    void body_that_announces_to_be_too_large_is_refused() throws IOException {
        int port = start(withBodyLimit(100));
        try (RawClient client = new RawClient(port)) {
            client.send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 101\r\n\r\n{");

            RawClient.Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body()).isEqualTo("{\"error\":\"http: request body too large\"}");
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(RawClient.get(port, "/api/version").status()).isEqualTo(200);
    }

    @Test
    void chunked_body_that_grows_too_large_is_refused() throws IOException {
        int port = start(withBodyLimit(1000));
        try (RawClient client = new RawClient(port)) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            String piece = "64\r\n" + " ".repeat(100) + "\r\n";
            client.send(piece.repeat(11));

            RawClient.Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body()).contains("\"message\":\"http: request body too large\"");
        }
    }

    @Test
    void one_huge_chunk_is_not_buffered() throws IOException {
        int port = start(withBodyLimit(1000));
        try (RawClient client = new RawClient(port)) {
            client.send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n");
            client.send(" ".repeat(100_000));

            assertThat(client.reply().status()).isEqualTo(413);
        }
    }

    @Test
    void header_that_is_too_large_is_refused() throws IOException {
        int port = start(ApiServerOptions.defaults());
        try (RawClient client = new RawClient(port)) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(70_000) + "\r\n\r\n");

            assertThat(client.reply().status()).isBetween(400, 499);
        }
        assertThat(RawClient.get(port, "/").status()).isEqualTo(200);
    }

    @Test
    void header_that_never_ends_is_cut_off() throws IOException {
        int port = start(ApiServerOptions.defaults().withTimeouts(LONG, SHORT, LONG, LONG));
        try (RawClient client = new RawClient(port)) {
            client.send("GET / HTTP/1.1\r\nHost: loc");

            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void body_that_never_ends_is_cut_off() throws IOException {
        int port = start(ApiServerOptions.defaults().withTimeouts(LONG, LONG, SHORT, LONG));
        try (RawClient client = new RawClient(port)) {
            client.send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");

            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(engine.chats).isEmpty();
    }

    @Test
    void body_that_drips_is_cut_off() throws Exception {
        int port = start(ApiServerOptions.defaults().withTimeouts(LONG, LONG, SHORT, LONG));
        try (RawClient client = new RawClient(port)) {
            client.send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
            CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return client.isAtEnd();
                        } catch (IOException e) {
                            return true; // reset
                        }
                    },
                    Thread::startVirtualThread);
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> {
                        try {
                            client.send(" ");
                            return end.isDone();
                        } catch (IOException e) {
                            return true; // the server closed it
                        }
                    });

            assertThat(end.get(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(engine.chats).isEmpty();
    }

    @Test
    void idle_connection_is_closed_but_one_with_a_running_answer_is_not() throws Exception {
        engine.answer = prompt -> stream;
        int port = start(ApiServerOptions.defaults().withTimeouts(LONG, LONG, LONG, SHORT));
        try (RawClient busy = new RawClient(port);
                RawClient idle = new RawClient(port)) {
            busy.send(GENERATE);
            stream.awaitStart();
            idle.send(RawClient.request("GET", "/api/version", ""));
            assertThat(idle.reply().status()).isEqualTo(200);

            assertThat(idle.isAtEnd()).isTrue();
            stream.emit(TestingEngine.text("still here")).emit(TestingEngine.stop());
            assertThat(busy.reply().body()).contains("still here");
        }
    }

    @Test
    void connection_that_never_sends_anything_is_closed() throws IOException {
        int port = start(ApiServerOptions.defaults().withTimeouts(LONG, LONG, LONG, SHORT));
        try (RawClient client = new RawClient(port)) {
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void client_that_does_not_read_is_cut_off_and_its_work_stops() throws Exception {
        engine.answer = prompt -> stream;
        int port = start(ApiServerOptions.defaults().withTimeouts(SHORT, LONG, LONG, LONG));
        try (RawClient client = new RawClient(port)) {
            client.send(GENERATE);
            String much = "x".repeat(1 << 20);
            for (int i = 0; i < 64; i++) {
                stream.emit(TestingEngine.text(much));
            }

            assertThat(stream.closedWithin(5000)).isTrue();
        }
    }

    @Test
    void more_answers_than_allowed_are_told_to_try_again() throws Exception {
        engine.answer = prompt -> stream;
        int port = start(ApiServerOptions.defaults().withLimits(1 << 20, 1, 100));
        try (RawClient client = new RawClient(port)) {
            client.send(GENERATE);
            stream.awaitStart();

            RawClient.Reply refused = RawClient.post(port, "/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body())
                    .isEqualTo("{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}");
            assertThat(RawClient.get(port, "/api/tags").status()).isEqualTo(200);

            stream.emit(TestingEngine.stop());
            client.reply();
        }
        engine.answer = prompt -> ScriptedStream.of(TestingEngine.stop());
        await().atMost(Duration.ofSeconds(2))
                .until(() -> RawClient.post(port, "/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}")
                                .status()
                        == 200);
    }

    @Test
    void running_answer_finishes_while_the_server_closes() throws Exception {
        engine.answer = prompt -> stream;
        int port = start(ApiServerOptions.defaults().withShutdownGrace(Duration.ofSeconds(5)));
        try (RawClient client = new RawClient(port);
                RawClient idle = new RawClient(port)) {
            client.send(GENERATE);
            idle.send(RawClient.request("GET", "/", ""));
            idle.reply();
            stream.emit(TestingEngine.text("Hel"));
            client.head();
            assertThat(client.chunkText()).contains("Hel");

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);
            assertThat(idle.isAtEnd()).isTrue();
            assertThatThrownBy(() -> RawClient.get(port, "/")).isInstanceOf(IOException.class);
            stream.emit(TestingEngine.text("lo")).emit(TestingEngine.stop());

            assertThat(client.chunkText()).contains("lo");
            assertThat(client.chunkText()).contains("\"done\":true");
            assertThat(client.chunkText()).isEmpty();
            closing.get(3, TimeUnit.SECONDS);
        }
    }

    @Test
    void answer_that_outlasts_the_grace_period_ends_with_an_error_line() throws Exception {
        engine.answer = prompt -> stream;
        int port = start(ApiServerOptions.defaults().withShutdownGrace(SHORT));
        try (RawClient client = new RawClient(port)) {
            client.send(GENERATE);
            stream.emit(TestingEngine.text("Hel"));
            client.head();
            client.chunkText();

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);

            assertThat(client.chunkText()).isEqualTo("{\"error\":\"the server is shutting down\"}\n");
            assertThat(client.chunkText()).isEmpty();
            closing.get(4, TimeUnit.SECONDS);
            assertThat(stream.closedWithin(0)).isTrue();
        }
    }

    @Test
    void answer_that_has_not_begun_gets_a_503_when_the_server_closes() throws Exception {
        engine.answer = prompt -> stream;
        int port = start(ApiServerOptions.defaults().withShutdownGrace(SHORT));
        try (RawClient client = new RawClient(port)) {
            client.send(GENERATE);
            stream.awaitStart();

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);

            RawClient.Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).isEqualTo("{\"error\":\"the server is shutting down\"}");
            closing.get(4, TimeUnit.SECONDS);
        }
    }

    @Test
    void stream_that_is_cut_has_no_end() throws Exception {
        engine.answer = prompt -> stream;
        int port = start(ApiServerOptions.defaults());
        try (RawClient client = new RawClient(port)) {
            client.send(GENERATE);
            stream.emit(TestingEngine.text("Hel")).fail(new IllegalStateException("defect"));
            client.head();
            client.chunkText();

            assertThat(client.chunkText()).isEqualTo("{\"error\":\"internal error, see the log of the host\"}\n");
            assertThat(client.chunkText()).isEmpty();
            client.send(RawClient.request("GET", "/", ""));
            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void nonsense_does_not_stop_the_server() throws IOException {
        int port = start(ApiServerOptions.defaults());
        for (String nonsense : List.of(
                "\r\n\r\n",
                "GET\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
                "POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello")) {
            try (RawClient client = new RawClient(port)) {
                client.send(nonsense);
                client.socket.shutdownOutput();
                assertThat(client.reply().status()).as(nonsense).isBetween(400, 599);
            } catch (EOFException e) {
                // Closed without an answer, which is fine too.
            }
        }
        assertThat(RawClient.get(port, "/").status()).isEqualTo(200);
    }
}
