package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.inference.Capability;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose host still loads. */
@Timeout(30)
class LoadingTest {
    private static final String CHAT =
            "{\"model\":\"%s\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    private final Loading loading = new Loading(
            asked -> asked.model().startsWith("wren") && asked.needs().equals(Set.of(Capability.COMPLETION)));
    private ApiServer server;

    @BeforeEach
    void start() {
        HostInfo info = new HostInfo() {
            @Override
            public List<Map<String, Object>> plugins() {
                return List.of(Map.of("id", "late"));
            }

            @Override
            public Loading loading() {
                return loading;
            }
        };
        server = ApiServer.start(
                ApiServerOptions.defaults().withPort(0), TestingExtensions.of(new TestingEngine()), info);
    }

    @AfterEach
    void stop() {
        loading.failed();
        server.close();
    }

    private RawClient.Reply get(String path) {
        try {
            return RawClient.get(server.port(), path);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RawClient.Reply post(String path, String body) {
        try {
            return RawClient.post(server.port(), path, body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CompletableFuture<RawClient.Reply> later(Supplier<RawClient.Reply> request) {
        int connected = server.connections();
        CompletableFuture<RawClient.Reply> reply = CompletableFuture.supplyAsync(request, Thread::startVirtualThread);
        await().until(() -> server.connections() > connected || reply.isDone());
        return reply;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/v1/chat/completions"})
    void what_needs_nothing_else_is_answered_at_once(String path) {
        assertThat(get("/").status()).isEqualTo(200);
        assertThat(get("/api/version").status()).isEqualTo(200);
        assertThat(post(path, CHAT.formatted("wren")).status()).isEqualTo(200);
        assertThat(post("/api/generate", "{\"model\":\"wren\",\"prompt\":\"x\",\"stream\":false}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void everything_else_waits_until_all_is_there_and_is_answered_then() {
        CompletableFuture<RawClient.Reply> tags = later(() -> get("/api/tags"));
        CompletableFuture<RawClient.Reply> chat = later(() -> post("/api/chat", CHAT.formatted("aitbc/wren")));
        CompletableFuture<RawClient.Reply> seeing = later(() -> post("/api/chat", """
                {"model":"wren","stream":false,"messages":[{"role":"user","content":"Hello","images":["aGk="]}]}"""));
        CompletableFuture<RawClient.Reply> using = later(() -> post("/v1/chat/completions", """
                {"model":"wren","messages":[{"role":"user","content":"Hello"}],
                 "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}"""));
        CompletableFuture<RawClient.Reply> plugins = later(() -> get("/api/v1/openclaw/plugins"));
        // Those that do not wait were answered meanwhile.
        assertThat(post("/api/chat", CHAT.formatted("wren")).status()).isEqualTo(200);
        assertThat(List.of(tags, chat, seeing, using, plugins)).noneMatch(CompletableFuture::isDone);

        loading.succeeded();

        assertThat(tags.orTimeout(10, TimeUnit.SECONDS).join().body()).contains("wren");
        assertThat(chat.join().status()).isEqualTo(404);
        assertThat(plugins.join().body()).contains("late");
        assertThat(seeing.join().status()).isPositive();
        assertThat(using.join().status()).isPositive();
    }

    @Test
    void who_waits_for_a_host_that_does_not_start_is_told() {
        CompletableFuture<RawClient.Reply> tags = later(() -> get("/api/tags"));

        loading.failed();

        assertThat(tags.join().status()).isEqualTo(503);
        assertThat(tags.join().body()).contains("could not start");
        assertThat(get("/api/version").status()).isEqualTo(200);
    }
}
