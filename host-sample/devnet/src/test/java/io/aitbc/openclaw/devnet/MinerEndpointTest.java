package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The path past the coordinator: the Ollama a miner opens to the world. */
class MinerEndpointTest {
    private static final String MODEL = "wren-tiny:latest";
    private static final String GENERATE = "{\"model\":\"wren-tiny:latest\",\"prompt\":\"a b\"}";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final TestingEngine engine = new TestingEngine(MODEL);
    private final Devnet devnet = Devnet.start(
            DevnetOptions.defaults().withMiners(List.of(MinerOptions.of("open").withPublicEndpoint(true))), engine);
    private final TestingHttp ollama =
            new TestingHttp(devnet.publicEndpoint("open").orElseThrow().toString());

    @AfterEach
    void close() {
        devnet.close();
    }

    private TestingHttp.Answer generate() {
        return ollama.send("POST", "/api/generate", JSON, GENERATE);
    }

    private static List<JsonNode> lines(TestingHttp.Answer answer) {
        return answer.text()
                .lines()
                .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .toList();
    }

    @Test
    void the_offer_and_the_chain_name_the_endpoint() {
        JsonNode offer = new TestingHttp(devnet.marketplaceUrl())
                .get("/v1/marketplace/offer/ollama-wren-tiny-latest", Map.of())
                .json();
        JsonNode transactions = new TestingHttp(devnet.chainUrl())
                .get("/rpc/transactions?limit=1000", Map.of())
                .json();

        assertThat(offer.path("public_endpoint").stringValue()).isEqualTo(ollama.baseUrl());
        assertThat(transactions.size()).isEqualTo(1);
        assertThat(transactions.path(0).path("payload").path("public_endpoint").stringValue())
                .isEqualTo(ollama.baseUrl());
        assertThat(transactions.path(0).path("sender").stringValue()).isEqualTo(devnet.minerAddress());
    }

    @Test
    void generate_streams_lines_and_ends_with_figures() {
        TestingHttp.Answer answer = generate();

        assertThat(answer.header("content-type")).contains("application/x-ndjson");
        List<JsonNode> lines = lines(answer);
        assertThat(lines.stream().map(line -> line.path("response").stringValue()))
                .containsExactly("wren-tiny:latest ", "says: ", "a ", "b", "");
        assertThat(lines.getLast().path("done").booleanValue()).isTrue();
        assertThat(lines.getLast().path("eval_count").intValue()).isEqualTo(4);
        assertThat(lines.getLast().path("context").size()).isEqualTo(2);
        assertThat(lines.getFirst().path("model").stringValue()).isEqualTo(MODEL);
    }

    @Test
    void options_and_system_reach_the_engine_here() {
        ollama.send("POST", "/api/generate", JSON, """
                {"model":"wren-tiny:latest","prompt":"x","system":"be brief","stream":false,"options":{"num_predict":3,"temperature":0.5}}""");

        assertThat(engine.requests.getFirst().system()).contains("be brief");
        assertThat(engine.requests.getFirst().settings().options().numPredict()).hasValue(3);
        assertThat(engine.requests.getFirst().settings().options().temperature())
                .hasValue(0.5);
    }

    @Test
    void chat_answers_whole_or_in_lines() {
        String body = "{\"model\":\"wren-tiny:latest\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}";

        JsonNode whole = ollama.send("POST", "/api/chat", JSON, body.formatted(",\"stream\":false"))
                .json();
        assertThat(whole.path("message").path("content").stringValue()).isEqualTo("wren-tiny:latest says: hi");
        assertThat(whole.path("done").booleanValue()).isTrue();
        assertThat(lines(ollama.send("POST", "/api/chat", JSON, body.formatted(""))))
                .hasSize(4);
    }

    @Test
    void what_cannot_be_answered_is_said_as_ollama_says_it() {
        TestingHttp.Answer missing = ollama.send("POST", "/api/generate", JSON, "{\"model\":\"x:1b\",\"prompt\":\"\"}");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).isEqualTo("{\"error\":\"model 'x:1b' not found\"}");
        assertThat(ollama.send("POST", "/api/chat", JSON, "{\"model\":\"wren-tiny:latest\"}")
                        .status())
                .isEqualTo(400);
        assertThat(ollama.send("POST", "/api/generate", JSON, "{").status()).isEqualTo(400);
        engine.failWith("out of memory");
        assertThat(lines(generate()).getLast().path("error").stringValue()).isEqualTo("out of memory");
        assertThat(ollama.get("/api/tags", Map.of()).text()).contains(MODEL);
        assertThat(ollama.get("/api/version", Map.of()).text()).contains("devnet");
        assertThat(ollama.get("/elsewhere", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void endpoint_redirects() {
        devnet.enable(Quirk.ENDPOINT_REDIRECTS, 1);

        TestingHttp.Answer answer = generate();

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("location").orElse("")).startsWith("http://169.254.169.254/");
        assertThat(generate().status()).isEqualTo(200);
    }

    @Test
    void endpoint_hangs_until_the_quirk_is_off() throws Exception {
        devnet.enable(Quirk.ENDPOINT_HANGS);
        CompletableFuture<Integer> answer =
                CompletableFuture.supplyAsync(() -> generate().status(), Thread::startVirtualThread);
        assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        devnet.disable(Quirk.ENDPOINT_HANGS);

        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void endpoint_endless() throws Exception {
        devnet.enable(Quirk.ENDPOINT_ENDLESS, 1);
        URI uri = URI.create(ollama.baseUrl());
        long read = 0;
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            String head =
                    "POST /api/generate HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(uri.getAuthority(), GENERATE.length());
            socket.getOutputStream().write((head + GENERATE).getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (read < 1_000_000) {
                read += in.readNBytes(10_000).length;
            }
        }

        assertThat(read).isGreaterThanOrEqualTo(1_000_000);
        assertThat(generate().status()).isEqualTo(200);
    }

    @Test
    void endpoint_cut() {
        devnet.enable(Quirk.ENDPOINT_CUT, 1);

        assertThatThrownBy(this::generate)
                .hasRootCauseInstanceOf(SocketException.class)
                .hasRootCauseMessage("Connection reset");
    }

    @Test
    void endpoint_lies() {
        devnet.enable(Quirk.ENDPOINT_LIES, 1);

        assertThat(lines(generate()).getFirst().path("model").stringValue()).isNotEqualTo(MODEL);
        assertThat(engine.requests.getFirst().model()).isEqualTo(MODEL);
    }

    @Test
    void a_removed_miner_closes_its_endpoint() {
        devnet.removeMiner("open");

        assertThat(devnet.publicEndpoint("open")).isEmpty();
        assertThatThrownBy(this::generate).hasRootCauseInstanceOf(java.net.ConnectException.class);
    }
}
