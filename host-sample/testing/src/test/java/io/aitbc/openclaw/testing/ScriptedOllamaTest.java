package io.aitbc.openclaw.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptedOllamaTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    private ScriptedOllama ollama;
    private HttpClient client;

    @BeforeEach
    void start() {
        ollama = ScriptedOllama.start(ScriptedModel.chat("m:latest"));
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        ollama.close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(ollama.url().resolve(path))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void without_a_script_it_streams_a_chat_that_is_done() throws Exception {
        List<String> lines = post("/api/chat", CHAT).body().lines().toList();
        assertThat(lines).hasSize(8);
        assertThat(lines.getFirst()).contains("\"content\":\"Hello\"").contains("\"done\":false");
        assertThat(lines.getLast()).contains("\"done\":true");
    }

    @Test
    void without_a_script_an_unknown_model_is_404_with_ollamas_text() throws Exception {
        HttpResponse<String> answer = post("/api/chat", CHAT.replace("\"m\"", "\"nope\""));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"model 'nope' not found\"}");
    }

    @Test
    void queued_scripts_come_first_then_the_standing_one() throws Exception {
        ollama.always("/api/chat", ScriptedAnswer.json(503, "{\"error\":\"busy\"}"));
        ollama.next("/api/chat", ScriptedAnswer.json(500, "{\"error\":\"first\"}"));
        assertThat(post("/api/chat", CHAT).body()).contains("first");
        assertThat(post("/api/chat", CHAT).statusCode()).isEqualTo(503);
        assertThat(post("/api/chat", CHAT).statusCode()).isEqualTo(503);
        assertThat(ollama.requests("/api/chat")).hasSize(3).allMatch(RecordedRequest::stream);
    }

    @Test
    void a_cut_arrives_to_the_byte_and_a_reset_is_a_reset() throws Exception {
        ollama.next("/api/chat", ScriptedAnswer.ndjson().line("{}").end().cutAfter(40));
        ollama.next("/api/chat", ScriptedAnswer.ndjson().line("{}").reset());
        try (Socket socket = raw()) {
            assertThat(socket.getInputStream().readAllBytes()).hasSize(40);
        }
        try (Socket socket = raw()) {
            InputStream in = socket.getInputStream();
            assertThatThrownBy(in::readAllBytes).isInstanceOf(SocketException.class);
        }
    }

    private Socket raw() throws IOException {
        Socket socket = new Socket("127.0.0.1", ollama.port());
        String head = "POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: " + CHAT.length() + "\r\n\r\n";
        socket.getOutputStream().write((head + CHAT).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void it_notices_a_client_that_leaves_while_it_hangs() throws Exception {
        ollama.next("/api/chat", ScriptedAnswer.ndjson().line("{}").hang());
        try (Socket socket = raw()) {
            assertThat(ollama.awaitRequests("/api/chat", 1, SOON)).isTrue();
            assertThat(ollama.disconnects()).isEmpty();
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(ollama.awaitDisconnects(1, SOON)).isTrue();
        assertThat(ollama.awaitOpenConnections(0, SOON)).isTrue();
    }

    @Test
    void it_waits_for_a_signal_and_goes_on() throws Exception {
        CountDownLatch signal = new CountDownLatch(1);
        ollama.next(
                "/api/chat",
                ScriptedAnswer.ndjson().await(signal).line("{\"done\":true}").end());
        var answer = client.sendAsync(
                HttpRequest.newBuilder(ollama.url().resolve("/api/chat"))
                        .POST(BodyPublishers.ofString(CHAT))
                        .build(),
                BodyHandlers.ofString());
        assertThat(ollama.awaitRequests("/api/chat", 1, SOON)).isTrue();
        assertThat(answer).isNotDone();
        signal.countDown();
        assertThat(answer.get().body()).isEqualTo("{\"done\":true}\n");
    }

    @Test
    void ps_tells_a_loading_model_by_its_moving_end() throws Exception {
        ollama.loading("m:latest");
        assertThat(post("/api/ps", "").body()).isNotEqualTo(post("/api/ps", "").body());
        ollama.resident("m:latest");
        assertThat(post("/api/ps", "").body())
                .isEqualTo(post("/api/ps", "").body())
                .contains("\"context_length\":4096");
        ollama.notResident("m:latest");
        assertThat(post("/api/ps", "").body()).isEqualTo("{\"models\":[]}");
    }

    @Test
    void models_come_and_go_by_pull_copy_and_delete() throws Exception {
        assertThat(post("/api/pull", "{\"model\":\"new:1b\"}").body().lines())
                .last()
                .asString()
                .contains("success");
        assertThat(post("/api/copy", "{\"source\":\"new:1b\",\"destination\":\"copy\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/api/delete", "{\"model\":\"new:1b\"}").statusCode()).isEqualTo(200);
        assertThat(post("/api/tags", "").body()).contains("copy:latest").doesNotContain("new:1b");
    }
}
