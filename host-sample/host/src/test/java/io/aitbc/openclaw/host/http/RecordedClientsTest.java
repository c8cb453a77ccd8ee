package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays what real clients (OpenClaw 2026.9.6, ollama-js 0.6.4) sent, headers and all, and checks what they need to go on. */
class RecordedClientsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> FILES = List.of(
            "chat-thinking-and-tool",
            "chat-turn-plain",
            "chat-turn-with-tool",
            "discovery-then-chat",
            "namespaced-model",
            "ollama-js-client",
            "openai-completions");
    /** Set by the client library of the test, or of no interest here. */
    private static final Set<String> HEADERS_LEFT_OUT =
            Set.of("content-length", "connection", "accept-encoding", "transfer-encoding");
    /** Of the recording server, not of the API. */
    private static final Set<String> PATHS_LEFT_OUT = Set.of("/__scenario", "/api/push", "/v1/systemone");

    private static ApiServer server;

    record Request(String file, int number, String method, String path, List<String> headers, String body) {
        @Override
        public String toString() {
            return file + " " + number + " " + method + " " + path;
        }
    }

    @BeforeAll
    static void start() {
        TestingEngine engine = new TestingEngine();
        engine.store = java.util.Optional.of(new TestingStore());
        server = ApiServer.start(ApiServerOptions.defaults().withPort(0), TestingExtensions.of(engine), List::of);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Request> requests() throws IOException {
        List<Request> requests = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = RecordedClientsTest.class.getResourceAsStream("/openclaw/" + file + ".json")) {
                int number = 0;
                for (JsonNode entry : JSON.readTree(in)) {
                    if (entry.get("dir").asString().equals("req")
                            && !PATHS_LEFT_OUT.contains(entry.get("url").asString())) {
                        requests.add(request(file, number++, entry));
                    }
                }
            }
        }
        return requests;
    }

    private static Request request(String file, int number, JsonNode entry) {
        List<String> headers = new ArrayList<>();
        entry.get("headers").properties().forEach(header -> {
            if (!HEADERS_LEFT_OUT.contains(header.getKey())) {
                headers.add(header.getKey() + ": " + header.getValue().asString());
            }
        });
        return new Request(
                file,
                number,
                entry.get("method").asString(),
                entry.get("url").asString(),
                headers,
                entry.has("body") ? entry.get("body").toString() : "");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void request_of_a_real_client_is_understood(Request request) throws IOException {
        RawClient.Reply reply = RawClient.call(
                server.port(),
                request.method(),
                request.path(),
                request.body(),
                request.headers().toArray(String[]::new));

        if (reply.status() == 404) {
            assertThat(reply.body()).contains("not found").contains("error");
            return;
        }
        assertThat(reply.status()).as(reply.body()).isIn(200, 501);
        if (reply.status() == 200 && request.path().equals("/api/chat")) {
            requireWholeChat(reply);
        }
        if (reply.header("content-type").equals("text/event-stream")) {
            assertThat(reply.body()).endsWith("data: [DONE]\n\n");
        }
    }

    /** What OpenClaw requires of every line: a message object, a done flag, exactly one done at the end. */
    private static void requireWholeChat(RawClient.Reply reply) {
        List<JsonNode> lines = reply.lines().stream().map(JSON::readTree).toList();
        for (JsonNode line : lines) {
            assertThat(line.get("message").isObject()).isTrue();
            assertThat(line.get("done").isBoolean()).isTrue();
            assertThat(line.has("error")).isFalse();
        }
        assertThat(lines.stream().filter(line -> line.get("done").asBoolean())).hasSize(1);
        assertThat(lines.getLast().get("done").asBoolean()).isTrue();
    }
}
