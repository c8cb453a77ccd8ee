package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the proof chain is told of answers, and what clients are told of it. */
class ProofRecordsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ON_NETWORK = "{\"model\":\"aitbc/llama3:70b\",\"prompt\":\"x\",\"stream\":false}";
    private static final String HERE = "{\"model\":\"wren\",\"prompt\":\"x\",\"stream\":false}";

    private final ScriptedProofChain chain = new ScriptedProofChain();
    private ApiServer server = start(ProofRecords.NETWORK);

    private ApiServer start(ProofRecords which) {
        return ApiServer.start(
                ApiServerOptions.defaults().withPort(0).withProofRecords(which),
                TestingExtensions.of(new TestingEngine(), new TestingNetwork(), chain),
                List::of);
    }

    private void restart(ProofRecords which) {
        server.close();
        server = start(which);
    }

    @AfterEach
    void stop() {
        server.close();
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
    void answer_does_not_wait_for_the_disk_and_closing_does() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        chain.slow(disk);
        assertThat(answer(ON_NETWORK).path("done").asBoolean()).isTrue();
        assertThat(chain.records()).isEmpty();
        Thread closing = Thread.ofVirtual().start(server::close);
        disk.countDown();
        closing.join();
        assertThat(chain.records()).hasSize(1);
    }

    @Test
    void answer_is_whole_when_it_cannot_be_recorded() throws Exception {
        chain.breakDisk();
        assertThat(answer(ON_NETWORK).path("done").asBoolean()).isTrue();
    }

    @Test
    void each_answer_carries_its_assurance_and_what_is_not_proven() throws Exception {
        for (String body : List.of(HERE, ON_NETWORK)) {
            JsonNode metadata = answer(body).path("aitbc_metadata");
            assertThat(metadata.path("assurance").asString()).isEqualTo(body.equals(HERE) ? "NONE" : "SIGNED");
            assertThat(metadata.path("not_proven")).isNotEmpty();
        }
    }

    @Test
    void bundle_of_an_answer_is_there_when_the_answer_is() throws Exception {
        assertThat(RawClient.get(server.port(), "/api/v1/openclaw/proofs/job-1").status())
                .isEqualTo(404);
        CountDownLatch disk = new CountDownLatch(1);
        chain.slow(disk);
        assertThat(answer(ON_NETWORK).path("done").asBoolean()).isTrue();
        Thread writing = Thread.ofVirtual().start(disk::countDown);
        assertThat(RawClient.get(server.port(), "/api/v1/openclaw/proofs/job-1").body())
                .isEqualTo("{\"of\":\"job-1\"}");
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
