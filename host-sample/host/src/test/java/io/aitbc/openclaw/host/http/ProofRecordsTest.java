package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the proof chain is told of answers, and what clients are told of it. */
class ProofRecordsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ON_NETWORK = "{\"model\":\"aitbc/llama3:70b\",\"prompt\":\"x\",\"stream\":false}";
    private static final String HERE = "{\"model\":\"wren\",\"prompt\":\"x\",\"stream\":false}";

    private final ScriptedProofChain chain = new ScriptedProofChain();
    private final TestingNetwork network = new TestingNetwork();

    @TempDir
    private Path folder;

    private ProofRegistry registry;
    private ApiServer server;

    @BeforeEach
    void start() {
        registry = new ProofRegistry(folder);
        server = start(ProofRecords.NETWORK);
    }

    private ApiServer start(ProofRecords which) {
        return start(ApiServerOptions.defaults().withPort(0).withProofRecords(which));
    }

    private ApiServer start(ApiServerOptions options) {
        return ApiServer.start(options, TestingExtensions.of(new TestingEngine(), network, chain), new WithRegistry());
    }

    private final class WithRegistry implements HostInfo {
        @Override
        public List<Map<String, Object>> plugins() {
            return List.of();
        }

        @Override
        public Optional<ProofRegistry> proofs() {
            return Optional.of(registry);
        }
    }

    private void restart(ProofRecords which) {
        server.close();
        server = start(which);
    }

    @AfterEach
    void stop() {
        server.close();
        registry.close();
    }

    private JsonNode answer(String body) throws IOException {
        RawClient.Reply reply = RawClient.post(server.port(), "/api/generate", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body());
    }

    @Test
    void answer_of_the_network_is_recorded_with_hashes_of_prompt_and_output() throws Exception {
        JsonNode answer = answer(ON_NETWORK);
        server.close();
        assertThat(chain.records()).hasSize(1);
        AnswerRecord answered = chain.records().getFirst();
        assertThat(answered.jobId()).contains("job-1");
        assertThat(answered.network()).contains("aitbc");
        assertThat(answered.requestId()).startsWith("req-");
        assertThat(answered.model()).isEqualTo("aitbc/llama3:70b");
        assertThat(answered.route()).isEqualTo("aitbc");
        assertThat(answered.fallbackReason()).isPresent();
        assertThat(answered.receiptJson()).isPresent();
        assertThat(answered.assurance()).isEqualTo(AssuranceLevel.SIGNED);
        assertThat(answered.notProven()).isNotEmpty();
        assertThat(answered.ended()).isAfterOrEqualTo(answered.started());
        assertThat(answered.outputSha256())
                .isEqualTo(sha256(answer.path("response").asString()));
        assertThat(answered.promptSha256()).isEqualTo(sha256("openclaw-prompt-v1\nprompt 1\nx"));
    }

    @Test
    void answer_that_the_host_changed_is_recorded_with_the_hash_of_what_the_network_delivered() throws Exception {
        String given = sha256(answer(ON_NETWORK).path("response").asString());
        network.deliveredSha256 = Optional.of(given);
        assertThat(answer(ON_NETWORK).path("done").asBoolean()).isTrue();
        network.deliveredSha256 = Optional.of("1".repeat(64));
        assertThat(answer(ON_NETWORK).path("done").asBoolean()).isTrue();
        server.close();
        assertThat(chain.records())
                .extracting(AnswerRecord::networkOutputSha256)
                .containsExactly(Optional.empty(), Optional.empty(), network.deliveredSha256);
        assertThat(chain.records()).extracting(AnswerRecord::outputSha256).containsOnly(given);
        assertThat(chain.records().getLast().notProven()).anyMatch(line -> line.contains("the host changed it"));
    }

    @Test
    void conversation_is_hashed_part_by_part() throws Exception {
        RawClient.Reply reply = RawClient.post(
                server.port(),
                "/api/chat",
                "{\"model\":\"aitbc/llama3:70b\",\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"ä\"}]}");
        assertThat(reply.status()).isEqualTo(200);
        server.close();
        assertThat(chain.records().getFirst().promptSha256())
                .isEqualTo(sha256("openclaw-prompt-v1\nsystem 8\nbe briefuser 2\nä"));
    }

    @Test
    void local_answers_are_recorded_when_all_are_and_no_answer_when_none_is() throws Exception {
        assertThat(answer(HERE).path("done").asBoolean()).isTrue();
        restart(ProofRecords.OFF);
        assertThat(answer(ON_NETWORK).path("done").asBoolean()).isTrue();
        restart(ProofRecords.ALL);
        assertThat(chain.records()).isEmpty();
        assertThat(answer(HERE).path("done").asBoolean()).isTrue();
        server.close();
        AnswerRecord answered = chain.records().getFirst();
        assertThat(answered.jobId()).isEmpty();
        assertThat(answered.route()).isEqualTo("local");
        assertThat(answered.fallbackReason()).isEmpty();
        assertThat(answered.modelDigest()).isPresent();
        assertThat(answered.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(answered.notProven()).isNotEmpty();
    }

    @Test
    void last_line_of_a_network_answer_waits_until_its_record_is_on_disk() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        chain.slow(disk);
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.request("POST", "/api/generate", ON_NETWORK.replace(",\"stream\":false", "")));
            assertThat(client.head()).containsEntry(":status", "200");
            assertThat(JSON.readTree(client.chunkText()).path("done").asBoolean())
                    .isFalse();
            client.socket.setSoTimeout(200);
            assertThatThrownBy(client::chunkText).isInstanceOf(SocketTimeoutException.class);
            assertThat(chain.records()).isEmpty();
            disk.countDown();
            client.socket.setSoTimeout(10_000);
            JsonNode last = JSON.readTree(client.chunkText());
            assertThat(last.path("done").asBoolean()).isTrue();
            assertThat(last.at("/aitbc_metadata/record").asInt(-1)).isZero();
            assertThat(chain.records()).hasSize(1);
        }
    }

    @Test
    void network_answer_goes_out_without_a_record_when_the_disk_takes_too_long() throws Exception {
        server.close();
        server = start(ApiServerOptions.defaults().withPort(0).withRecordPatience(Duration.ofMillis(50)));
        CountDownLatch disk = new CountDownLatch(1);
        chain.slow(disk);
        JsonNode answer = answer(ON_NETWORK);
        assertThat(answer.path("done").asBoolean()).isTrue();
        assertThat(answer.path("aitbc_metadata").has("record")).isFalse();
        disk.countDown();
        server.close();
        assertThat(chain.records()).hasSize(1);
    }

    @Test
    void local_answer_does_not_wait_for_the_disk_and_closing_does() throws Exception {
        restart(ProofRecords.ALL);
        CountDownLatch disk = new CountDownLatch(1);
        chain.slow(disk);
        assertThat(answer(HERE).path("done").asBoolean()).isTrue();
        assertThat(chain.records()).isEmpty();
        Thread closing = Thread.ofVirtual().start(server::close);
        disk.countDown();
        closing.join();
        assertThat(chain.records()).hasSize(1);
    }

    @Test
    void answer_is_whole_when_it_cannot_be_recorded() throws Exception {
        chain.breakDisk();
        JsonNode answer = answer(ON_NETWORK);
        assertThat(answer.path("done").asBoolean()).isTrue();
        assertThat(answer.path("aitbc_metadata").has("record")).isFalse();
    }

    @Test
    void record_that_could_not_be_written_is_kept_and_written_when_the_disk_is_whole_again() throws Exception {
        chain.breakDisk();
        JsonNode answer = answer(ON_NETWORK);
        assertThat(chain.records()).isEmpty();
        chain.mend();
        await().untilAsserted(() -> assertThat(chain.records()).hasSize(1));
        assertThat(chain.records().getFirst().requestId())
                .isEqualTo(answer.at("/aitbc_metadata/request").asString());
    }

    @Test
    void record_that_waits_is_tried_once_more_when_the_host_ends() throws Exception {
        chain.breakDisk();
        assertThat(answer(ON_NETWORK).path("done").asBoolean()).isTrue();
        chain.mend();
        server.close();
        assertThat(chain.records()).hasSize(1);
    }

    @Test
    void last_line_of_a_network_answer_waits_while_the_plugin_is_replaced() throws Exception {
        chain.fail(ErrorCode.PLUGIN_UNAVAILABLE);
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.request("POST", "/api/generate", ON_NETWORK.replace(",\"stream\":false", "")));
            assertThat(client.head()).containsEntry(":status", "200");
            assertThat(JSON.readTree(client.chunkText()).path("done").asBoolean())
                    .isFalse();
            client.socket.setSoTimeout(200);
            assertThatThrownBy(client::chunkText).isInstanceOf(SocketTimeoutException.class);
            chain.mend();
            client.socket.setSoTimeout(10_000);
            assertThat(JSON.readTree(client.chunkText())
                            .at("/aitbc_metadata/record")
                            .asInt(-1))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/generate | {\"model\":\"MODEL\",\"prompt\":\"x\",\"stream\":STREAM}",
                "/api/chat | {\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":STREAM}",
                "/v1/chat/completions | {\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":STREAM}",
                "/v1/chat/completions | {\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":STREAM,\"stream_options\":{\"include_usage\":true}}",
                "/v1/completions | {\"model\":\"MODEL\",\"prompt\":\"x\",\"stream\":STREAM}",
                "/v1/completions | {\"model\":\"MODEL\",\"prompt\":\"x\",\"stream\":STREAM,\"stream_options\":{\"include_usage\":true}}",
                "/v1/responses | {\"model\":\"MODEL\",\"input\":\"x\",\"stream\":STREAM}",
                "/v1/messages | {\"model\":\"MODEL\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":STREAM}"
            })
    void every_answering_endpoint_says_its_assurance_and_what_is_not_proven(String call) throws Exception {
        String[] parts = call.split(" \\| ");
        for (String model : List.of("wren", "aitbc/llama3:70b")) {
            for (String stream : List.of("true", "false")) {
                String body = parts[1].replace("MODEL", model).replace("STREAM", stream);
                RawClient.Reply reply = RawClient.post(server.port(), parts[0], body);
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                JsonNode metadata = onlyMetadata(reply.body());
                assertThat(metadata.path("assurance").asString()).isEqualTo(model.equals("wren") ? "NONE" : "SIGNED");
                assertThat(metadata.path("not_proven")).isNotEmpty();
                assertThat(metadata.path("request").asString()).isEqualTo(reply.header("x-request-id"));
                assertThat(metadata.has("record")).isEqualTo(!model.equals("wren"));
            }
        }
    }

    /** Of all objects of the answer, the last but for the word at its end carries it. */
    private static JsonNode onlyMetadata(String body) {
        List<JsonNode> objects = body.lines()
                .map(line -> line.startsWith("data: ") ? line.substring("data: ".length()) : line)
                .filter(line -> line.startsWith("{"))
                .map(JSON::readTree)
                .toList();
        assertThat(objects.subList(0, objects.size() - 1))
                .allSatisfy(
                        object -> assertThat(object.findValue("aitbc_metadata")).isNull());
        return objects.getLast().findValue("aitbc_metadata");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/embed | {\"model\":\"wren-embed\",\"input\":\"x\"}",
                "/api/embeddings | {\"model\":\"wren-embed\",\"prompt\":\"x\"}",
                "/v1/embeddings | {\"model\":\"wren-embed\",\"input\":\"x\"}"
            })
    void vectors_say_their_assurance_and_what_is_not_proven(String call) throws Exception {
        String[] parts = call.split(" \\| ");
        RawClient.Reply reply = RawClient.post(server.port(), parts[0], parts[1]);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode metadata = JSON.readTree(reply.body()).path("aitbc_metadata");
        assertThat(metadata.path("assurance").asString()).isEqualTo("NONE");
        assertThat(metadata.path("not_proven")).isNotEmpty();
        assertThat(metadata.path("route").asString()).isEqualTo("local");
        assertThat(metadata.path("request").asString()).startsWith("req-").isEqualTo(reply.header("x-request-id"));
    }

    @Test
    void local_answer_is_found_by_the_id_its_client_was_told() throws Exception {
        restart(ProofRecords.ALL);
        RawClient.Reply reply = RawClient.post(server.port(), "/api/generate", HERE);
        String request = reply.header("x-request-id");
        assertThat(get("proofs/" + request).status()).isEqualTo(200);
        JsonNode records = JSON.readTree(get("proofs/records").body()).path("records");
        assertThat(records).hasSize(1);
        assertThat(records.get(0).path("request").asString()).isEqualTo(request);
        assertThat(records.get(0).path("route").asString()).isEqualTo("local");
        assertThat(records.get(0).has("job")).isFalse();
        assertThat(RawClient.get(server.port(), "/nothing").header("x-request-id"))
                .startsWith("req-");
    }

    private RawClient.Reply get(String path) throws IOException {
        return RawClient.get(server.port(), "/api/v1/openclaw/" + path);
    }

    @Test
    void records_are_found_by_job_request_and_time() throws Exception {
        JsonNode first = answer(ON_NETWORK);
        JsonNode second = answer(ON_NETWORK);
        assertThat(indexes("")).isEqualTo("[1, 0]");
        assertThat(indexes("?limit=1")).isEqualTo("[1]");
        assertThat(indexes("?id=job-1")).isEqualTo("[1, 0]");
        assertThat(indexes("?id=" + first.at("/aitbc_metadata/request").asString()))
                .isEqualTo("[0]");
        assertThat(indexes("?id=" + second.at("/aitbc_metadata/request").asString()))
                .isEqualTo("[1]");
        assertThat(indexes("?id=%27%20OR%201%3D1")).isEqualTo("[]");
        assertThat(indexes("?since=2026-01-01T00:00:00Z")).isEqualTo("[1, 0]");
        assertThat(indexes("?before=2026-01-01T00:00:00Z")).isEqualTo("[]");
        for (String wrong : List.of(
                "limit=0", "limit=1001", "limit=x", "limit=-1", "since=%zz", "since=yesterday", "before=1", "since=")) {
            assertThat(get("proofs/records?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    private String indexes(String query) throws IOException {
        RawClient.Reply reply = get("proofs/records" + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body()).path("records").findValues("index").toString();
    }

    @Test
    void growth_of_the_log_is_shown_since_any_size_it_had() throws Exception {
        String request = answer(ON_NETWORK).at("/aitbc_metadata/request").asString();
        JsonNode proof = JSON.readTree(get("proofs/consistency?since=1").body());
        assertThat(proof.path("earlier").asString()).isEqualTo(request);
        assertThat(proof.path("size").asInt()).isEqualTo(1);
        assertThat(proof.path("path")).isEmpty();
        assertThat(get("proofs/job-1?since=1").body()).isEqualTo("{\"of\":\"job-1\",\"since\":\"1\"}");
        for (String wrong : List.of("proofs/consistency", "proofs/consistency?since=2", "proofs/consistency?since=x")) {
            assertThat(get(wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(get("proofs/job-1?since=-1").status()).isEqualTo(400);
    }

    @Test
    void bundle_of_an_answer_is_there_when_the_answer_is() throws Exception {
        assertThat(RawClient.get(server.port(), "/api/v1/openclaw/proofs/job-1").status())
                .isEqualTo(404);
        restart(ProofRecords.ALL);
        CountDownLatch disk = new CountDownLatch(1);
        chain.slow(disk);
        RawClient.Reply reply = RawClient.post(server.port(), "/api/generate", HERE);
        String request = reply.header("x-request-id");
        Thread writing = Thread.ofVirtual().start(disk::countDown);
        assertThat(get("proofs/" + request).body()).isEqualTo("{\"of\":\"" + request + "\"}");
        writing.join();
        assertThat(RawClient.get(server.port(), "/api/v1/openclaw/proofs/a/b").status())
                .isEqualTo(404);
        JsonNode head = JSON.readTree(
                RawClient.get(server.port(), "/api/v1/openclaw/proofs").body());
        assertThat(head.toString())
                .isEqualTo("{\"size\":1,\"root\":\"00\",\"host_key\":\"key\",\"checkpoint\":\"a checkpoint\"}");
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
