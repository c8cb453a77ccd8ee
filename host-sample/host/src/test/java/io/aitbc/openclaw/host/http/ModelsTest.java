package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of models, their details, and their management. */
class ModelsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestingEngine engine = new TestingEngine();
    private final TestingStore store = new TestingStore();
    private final ApiServer server = ApiServer.start(
            ApiServerOptions.defaults().withPort(0), TestingExtensions.of(engine, new TestingNetwork()), List::of);

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode get(String path) throws IOException {
        return JSON.readTree(RawClient.get(server.port(), path).body());
    }

    private RawClient.Reply post(String path, String body) throws IOException {
        return RawClient.post(server.port(), path, body);
    }

    @Test
    void tags_list_local_models_then_those_of_the_network() throws IOException {
        JsonNode models = get("/api/tags").get("models");

        assertThat(models.valueStream().map(row -> row.get("name").asString()).toList())
                .containsExactly("wren:latest", "wren-embed:latest", "llama3:8b", "qwen3:8b", "aitbc/llama3:70b")
                .noneMatch(name -> name.contains("@"));
        JsonNode local = models.get(0);
        assertThat(local.get("digest").asString()).hasSize(64);
        assertThat(OffsetDateTime.parse(local.get("modified_at").asString())).isNotNull();
        assertThat(local.get("details").toString())
                .isEqualTo("{\"parent_model\":\"\",\"format\":\"gguf\",\"family\":\"llama\",\"families\":[\"llama\"],"
                        + "\"parameter_size\":\"2.83M\",\"quantization_level\":\"F16\",\"context_length\":512,"
                        + "\"embedding_length\":192}");
        assertThat(local.get("capabilities").toString()).isEqualTo("[\"completion\",\"tools\"]");
        assertThat(local.has("remote_host")).isFalse();
        JsonNode network = models.get(4);
        assertThat(network.get("remote_model").asString()).isEqualTo("llama3:70b");
        assertThat(network.get("remote_host").asString()).isEqualTo("aitbc");
        assertThat(network.get("size").asInt()).isZero();
        assertThat(network.get("digest").asString()).isEmpty();
        assertThat(network.get("modified_at").asString()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(network.get("details").get("context_length").asInt()).isEqualTo(32768);
    }

    @Test
    void show_of_a_network_model_has_what_makes_openclaw_send_tools() throws IOException {
        for (String name : List.of("aitbc/llama3:70b", "miner-eu-7/llama3:70b", "llama3:70b@miner-eu-7")) {
            JsonNode show = JSON.readTree(
                    post("/api/show", "{\"model\":\"" + name + "\"}").body());

            assertThat(show.get("capabilities").toString()).isEqualTo("[\"completion\",\"tools\"]");
            assertThat(show.get("model_info").toString())
                    .isEqualTo("{\"general.architecture\":\"llama\",\"llama.context_length\":32768}");
        }
    }

    @Test
    void show_leaves_long_arrays_out_unless_asked() throws IOException {
        JsonNode brief = JSON.readTree(post("/api/show", "{\"name\":\"wren\"}").body());
        JsonNode verbose = JSON.readTree(
                post("/api/show", "{\"model\":\"wren\",\"verbose\":true}").body());

        assertThat(brief.get("model_info").get("tokens").isNull()).isTrue();
        assertThat(verbose.get("model_info").get("tokens")).hasSize(6);
        assertThat(brief.get("details").has("context_length")).isFalse();
        assertThat(brief.get("system").asString()).isEqualTo("You are Wren.");
        assertThat(brief.has("license")).isFalse();
        assertThat(brief.get("tensors").get(0).toString())
                .isEqualTo("{\"name\":\"output.weight\",\"type\":\"F16\",\"shape\":[192,2048]}");
    }

    @Test
    void ps_is_that_of_the_recording() throws IOException {
        JsonNode golden = JSON.readTree(ModelsTest.class.getResourceAsStream("/ollama/golden-responses.json"))
                .get("ps");
        JsonNode loaded = get("/api/ps").get("models").get(0);

        assertThat(loaded).isEqualTo(golden);
        assertThat(loaded.propertyStream().map(Map.Entry::getKey).toList())
                .isEqualTo(golden.propertyStream().map(Map.Entry::getKey).toList());
    }

    @Test
    void answer_of_the_network_carries_its_metadata_in_the_last_line_only() throws IOException {
        List<String> lines = post("/api/generate", "{\"model\":\"aitbc/llama3:70b\",\"prompt\":\"x\"}")
                .lines();

        assertThat(lines.getFirst()).doesNotContain("aitbc_metadata");
        JsonNode metadata = JSON.readTree(lines.getLast()).get("aitbc_metadata");
        assertThat(metadata.get("route").asString()).isEqualTo("aitbc");
        assertThat(metadata.get("job").asString()).isEqualTo("job-1");
        assertThat(metadata.get("miner").asString()).isEqualTo("miner-eu-7");
        assertThat(metadata.get("cost").toString()).isEqualTo("{\"amount\":\"0.05\",\"unit\":\"AIT\"}");
        assertThat(metadata.get("receipt").asString()).isEqualTo("r-1");
        assertThat(metadata.get("receipt_document").get("price").asDouble()).isEqualTo(0.05);
        assertThat(metadata.get("assurance").asString()).isEqualTo("SIGNED");
        assertThat(metadata.get("not_proven")).hasSize(1);
    }

    @Test
    void prompt_that_must_stay_local_does_not_reach_the_network() throws IOException {
        RawClient.Reply reply = RawClient.post(
                server.port(),
                "/api/generate",
                "{\"model\":\"aitbc/llama3:70b\",\"prompt\":\"x\"}",
                "X-AITBC-Privacy: local-only");

        assertThat(reply.status()).isEqualTo(404);
    }

    @Test
    void pull_reports_progress_line_by_line() throws IOException {
        engine.store = Optional.of(store);

        RawClient.Reply reply = post("/api/pull", "{\"name\":\"wren\"}");

        assertThat(reply.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(reply.lines())
                .containsExactly(
                        "{\"status\":\"pulling manifest\"}",
                        "{\"status\":\"pulling 07be363b8014\",\"digest\":\"sha256:" + TestingEngine.DIGEST
                                + "\",\"total\":10,\"completed\":5}",
                        "{\"status\":\"success\"}");
    }

    @Test
    void pull_without_stream_reports_only_its_end() throws IOException {
        engine.store = Optional.of(store);

        RawClient.Reply reply = post("/api/pull", "{\"model\":\"wren\",\"stream\":false}");

        assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.body()).isEqualTo("{\"status\":\"success\"}");
    }

    @Test
    void pull_that_fails_ends_with_the_error() throws IOException {
        engine.store = Optional.of(store);
        store.failure = Optional.of(TestingStore.noSuchHost());

        RawClient.Reply streamed = post("/api/pull", "{\"model\":\"wren\"}");
        RawClient.Reply whole = post("/api/pull", "{\"model\":\"wren\",\"stream\":false}");

        assertThat(streamed.status()).isEqualTo(200);
        assertThat(streamed.lines().getLast()).isEqualTo("{\"error\":\"pull model manifest: no such host\"}");
        assertThat(whole.status()).isEqualTo(502);
        assertThat(whole.body()).isEqualTo("{\"error\":\"pull model manifest: no such host\"}");
    }

    @Test
    void models_are_copied_deleted_and_created() throws IOException {
        engine.store = Optional.of(store);

        RawClient.Reply copy = post("/api/copy", "{\"source\":\"wren\",\"destination\":\"bird\"}");
        RawClient.Reply delete = RawClient.call(server.port(), "DELETE", "/api/delete", "{\"name\":\"wren\"}");
        RawClient.Reply create = post("/api/create", "{\"model\":\"bird\",\"from\":\"wren\"}");

        assertThat(copy.status()).isEqualTo(200);
        assertThat(copy.body()).isEmpty();
        assertThat(delete.status()).isEqualTo(200);
        assertThat(delete.body()).isEmpty();
        assertThat(create.lines()).containsExactly("{\"status\":\"writing manifest\"}", "{\"status\":\"success\"}");
        assertThat(store.done)
                .containsExactly("copy wren bird", "delete wren", "create bird {\"model\":\"bird\",\"from\":\"wren\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"from\":1 | number into Go struct field CreateRequest.from of type string",
                "\"from\":\"wren\",\"system\":1 | number into Go struct field CreateRequest.system of type string",
                "\"from\":\"wren\",\"parameters\":\"x\" | string into Go struct field CreateRequest.parameters of type map[string]interface {}",
                "\"files\":[] | array into Go struct field CreateRequest.files of type map[string]string",
            })
    void model_is_not_created_from_fields_of_other_types(String fields, String problem) throws IOException {
        engine.store = Optional.of(store);

        RawClient.Reply reply = post("/api/create", "{\"model\":\"bird\"," + fields + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("{\"error\":\"json: cannot unmarshal " + problem + "\"}");
        assertThat(store.done).isEmpty();
    }

    @Test
    void model_to_create_from_is_named_when_it_is_missing() throws IOException {
        engine.store = Optional.of(store);
        store.failure = Optional.of(new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "no"));

        RawClient.Reply reply = post("/api/create", "{\"model\":\"bird\",\"from\":\"egg\"}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("{\"error\":\"model 'egg' not found\"}");
    }

    @Test
    void blobs_may_be_larger_than_other_requests() throws IOException {
        engine.store = Optional.of(store);
        try (ApiServer small = ApiServer.start(
                        ApiServerOptions.defaults().withPort(0).withLimits(1000, 10, 10),
                        TestingExtensions.of(engine),
                        List::of);
                RawClient client = new RawClient(small.port())) {
            String path = "/api/blobs/sha256:" + "0".repeat(64);
            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n");
            client.send("x".repeat(1_000_000));
            assertThat(client.reply().status()).isEqualTo(201);

            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                client.send("2710\r\n" + "x".repeat(10_000) + "\r\n");
            }
            client.send("0\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(201);
            assertThat(store.blobs).containsExactly(1_000_000L, 1_000_000L);
        }
    }

    @Test
    void blob_that_is_there_is_not_read() throws IOException {
        engine.store = Optional.of(store);
        String there = "/api/blobs/sha256:" + TestingEngine.DIGEST;

        assertThat(post(there, "abc").status()).isEqualTo(200);
        assertThat(store.blobs).isEmpty();
        assertThat(RawClient.call(server.port(), "HEAD", there, "").status()).isEqualTo(200);
        assertThat(RawClient.call(server.port(), "HEAD", "/api/blobs/sha256:" + "0".repeat(64), "")
                        .status())
                .isEqualTo(404);
        assertThat(RawClient.call(server.port(), "HEAD", "/api/blobs/md5:1", "").status())
                .isEqualTo(400);
    }

    @Test
    void embeddings_have_the_fields_of_the_recording() throws IOException {
        JsonNode golden = JSON.readTree(ModelsTest.class.getResourceAsStream("/ollama/golden-responses.json"))
                .get("embed");
        JsonNode embed = JSON.readTree(post("/api/embed", "{\"model\":\"wren-embed\",\"input\":[\"a\",\"b\"]}")
                .body());

        List<String> fields =
                new ArrayList<>(golden.propertyStream().map(Map.Entry::getKey).toList());
        fields.add("aitbc_metadata");
        assertThat(embed.propertyStream().map(Map.Entry::getKey).toList()).isEqualTo(fields);
        assertThat(embed.get("total_duration")).isEqualTo(golden.get("total_duration"));
        assertThat(embed.get("embeddings").toString()).isEqualTo("[[0.6,0.8],[0.6,0.8]]");
        assertThat(post("/api/embeddings", "{\"model\":\"wren-embed\",\"prompt\":\"x\"}")
                        .body())
                .startsWith("{\"embedding\":[0.6,0.8],\"aitbc_metadata\":{");
        assertThat(post("/api/embeddings", "{\"model\":\"wren-embed\"}").body()).isEqualTo("{\"embedding\":[]}");
    }
}
