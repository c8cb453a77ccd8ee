package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that leaves stops the work within a second, whatever the work is doing. */
class DisconnectTest {
    private static final String GENERATE =
            RawClient.request("POST", "/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\"}");
    private static final String UNARY =
            RawClient.request("POST", "/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\",\"stream\":false}");

    private final TestingEngine engine = new TestingEngine();
    private final ScriptedStream stream = new ScriptedStream();
    private ApiServer server;

    /** How a client goes away. */
    enum Leaving {
        CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.close();
            }
        },
        RESET {
            @Override
            void leave(RawClient client) throws IOException {
                client.socket.setSoLinger(true, 0);
                client.close();
            }
        },
        HALF_CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.socket.shutdownOutput();
            }
        };

        abstract void leave(RawClient client) throws IOException;
    }

    @BeforeEach
    void start() {
        engine.answer = prompt -> stream;
        server = ApiServer.start(ApiServerOptions.defaults().withPort(0), TestingExtensions.of(engine), List::of);
    }

    @AfterEach
    void stop() {
        stream.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void before_the_first_byte(Leaving leaving) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(GENERATE);
            stream.awaitStart();

            leaving.leave(client);

            assertThat(stream.closedWithin(1000)).isTrue();
        }
        await().atMost(Duration.ofSeconds(2)).until(() -> server.connections() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void while_a_whole_answer_is_computed(Leaving leaving) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(UNARY);
            stream.awaitStart();

            leaving.leave(client);

            assertThat(stream.closedWithin(1000)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void between_slow_tokens(Leaving leaving) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(GENERATE);
            stream.emit(TestingEngine.text("Hel"));
            client.head();
            assertThat(client.chunkText()).contains("Hel");

            leaving.leave(client);

            assertThat(stream.closedWithin(1000)).isTrue();
        }
    }

    @Test
    void half_close_is_noticed_between_fast_tokens() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(GENERATE);
            CountDownLatch done = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try {
                    while (!stream.closedWithin(20)) {
                        stream.emit(TestingEngine.text("a"));
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
            client.head();
            client.chunkText();

            client.socket.shutdownOutput();

            assertThat(done.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order_after_a_slow_one() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(GENERATE);
            stream.awaitStart();
            client.send(RawClient.request("GET", "/api/version", ""));
            // The watch starts after 250 ms and reads the second request ahead.
            assertThat(stream.closedWithin(700)).isFalse();
            client.send(RawClient.request("GET", "/api/tags", ""));
            stream.emit(TestingEngine.text("late")).emit(TestingEngine.stop());

            assertThat(client.reply().lines()).hasSize(2);
            assertThat(client.reply().body()).isEqualTo("{\"version\":\"0.33.3\"}");
            assertThat(client.reply().body()).startsWith("{\"models\":[");
            client.send(RawClient.request("GET", "/api/version", ""));
            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void connection_serves_on_after_a_watched_answer() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(GENERATE);
            assertThat(stream.closedWithin(600)).isFalse();
            stream.emit(TestingEngine.text("late")).emit(TestingEngine.stop());
            assertThat(client.reply().lines()).hasSize(2);

            for (int i = 0; i < 3; i++) {
                client.send(RawClient.request("GET", "/api/version", ""));
                assertThat(client.reply().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void blocking_call_is_interrupted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        engine.embedder = request -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new IllegalStateException("interrupted");
        };
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.request("POST", "/api/embed", "{\"model\":\"wren-embed\",\"input\":\"x\"}"));
            assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();

            client.socket.close();

            assertThat(interrupted.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }
}
