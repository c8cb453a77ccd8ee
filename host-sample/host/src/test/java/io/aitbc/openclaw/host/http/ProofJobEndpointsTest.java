package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofProgress;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProofJobEndpointsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BASE = "/api/v1/openclaw/proofs/";
    private static final String LARGE = "21888242871839275222246405745257275088548364400416034343698204186575808495616";

    private final ScriptedProofGenerator generator = new ScriptedProofGenerator();
    private final ScriptedProofChain chain = new ScriptedProofChain();
    private final ApiServer server = ApiServer.start(
            ApiServerOptions.defaults().withPort(0),
            TestingExtensions.of(new TestingEngine(), chain, generator),
            List::of);

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode call(int status, String method, String path, String body) throws IOException {
        RawClient.Reply reply = RawClient.call(server.port(), method, BASE + path, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        return JSON.readTree(reply.body());
    }

    private JsonNode submit() throws IOException {
        return call(200, "POST", "jobs", "{\"circuit\":\"sums\",\"inputs\":{\"a\":2}}");
    }

    @Test
    void proof_is_made_in_steps_that_clients_see() throws IOException {
        JsonNode submitted = submit();
        String id = submitted.path("id").asString();
        assertThat(submitted.path("state").asString()).isEqualTo("queued");
        generator.last().reach(ProofProgress.State.PROVING, 40);
        JsonNode proving = call(200, "GET", "jobs/" + id, "");
        assertThat(proving.path("state").asString()).isEqualTo("proving");
        assertThat(proving.path("percent").asInt()).isEqualTo(40);
        assertThat(proving.has("proof")).isFalse();
        generator.last().make();
        JsonNode done = call(200, "GET", "jobs/" + id, "");
        assertThat(done.path("state").asString()).isEqualTo("done");
        JsonNode proof = done.path("proof");
        assertThat(proof.path("evidence").toString())
                .isEqualTo("{\"circuit\":\"sums\",\"proof\":{\"pi_a\":[]},\"public_signals\":[\"6\",\"7\"]}");
        assertThat(proof.path("development_setup").asBoolean()).isTrue();
        assertThat(proof.path("not_proven").path(0).asString()).isEqualTo("that the sky is blue");
        assertThat(proof.path("replay_key").asString()).matches("[0-9a-f]{64}");
    }

    @Test
    void inputs_are_read_as_circom_reads_them() throws IOException {
        String inputs = "{\"a\":7,\"b\":\"-3\",\"c\":[[1,\"2\"],[%s,4]],\"d\":[]}".formatted(LARGE);
        JsonNode job = call(
                200, "POST", "jobs", "{\"circuit\":\"sums\",\"inputs\":%s,\"time_limit\":\"3s\"}".formatted(inputs));
        assertThat(job.path("id").asString()).isNotEmpty();
        assertThat(generator.requests().getFirst().timeLimit()).contains(Duration.ofSeconds(3));
        assertThat(generator.requests().getFirst().input())
                .isEqualTo(new ProofInput.Signals(Map.of(
                        "a", numbers("7"),
                        "b", numbers("-3"),
                        "c", numbers("1", "2", LARGE, "4"),
                        "d", List.of())));
    }

    private static List<BigInteger> numbers(String... numbers) {
        return java.util.Arrays.stream(numbers).map(BigInteger::new).toList();
    }

    @Test
    void witness_comes_in_base64() throws IOException {
        JsonNode job = call(200, "POST", "jobs", "{\"circuit\":\"sums\",\"witness\":\"d3Rucw==\"}");
        assertThat(job.path("circuit").asString()).isEqualTo("sums");
        ProofInput input = generator.requests().getFirst().input();
        assertThat(input)
                .isInstanceOfSatisfying(
                        ProofInput.Witness.class,
                        witness -> assertThat(witness.open()).hasContent("wtns"));
    }

    @Test
    void answer_is_named_with_a_cap_that_is_never_rounded_up() throws IOException {
        JsonNode job =
                call(200, "POST", "jobs", "{\"circuit\":\"sums\",\"answer\":{\"id\":\"job-1\",\"cap\":\"0.02999\"}}");
        assertThat(job.path("circuit").asString()).isEqualTo("sums");
        assertThat(generator.requests().getFirst().input())
                .isEqualTo(new ProofInput.Answer("job-1", TokenAmount.of(107, Rail.AITBC)));
        call(200, "POST", "jobs", "{\"circuit\":\"sums\",\"answer\":{\"id\":\"job-1\",\"cap\":\"1\",\"since\":7}}");
        assertThat(generator.requests().getLast().input())
                .isEqualTo(new ProofInput.Answer("job-1", TokenAmount.of(3600, Rail.AITBC), OptionalLong.of(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'circuit':'sums'} | inputs, witness or answer is required",
                "{'circuit':'sums','inputs':[4242]} | the inputs are not a JSON object of names and numbers",
                "{'circuit':'sums','inputs':{'a':42.42}} | number 0 of input 'a' is no whole number in decimal digits",
                "{'circuit':'sums','inputs':{'a':[1,{'b':4242}]}} | number 1 of input 'a' is no whole number in decimal digits",
                "{'circuit':'sums','inputs':{'a':'0x4242'}} | number 0 of input 'a' is no whole number in decimal digits",
                "{'circuit':'sums','inputs':{'a':4242},'time_limit':'soon'} | time_limit must be a duration such as 30s",
                "{'circuit':'sums','inputs':{'a':4242},'time_limit':'0s'} | the time limit of a proof must be positive",
                "{'circuit':'sums','witness':'4242*'} | witness is not a file in Base64",
                "{'circuit':'sums','answer':{'cap':'1'}} | the answer needs the id of a job or request",
                "{'circuit':'sums','answer':{'id':'job-1','cap':'-1'}} | the answer needs a cap in AIT, such as 0.05",
                "{'circuit':'sums','answer':{'id':'job-1'}} | the answer needs a cap in AIT, such as 0.05",
                "{'circuit':'sums','answer':{'id':'job-1','cap':'1','since':-4242}} | since must be a number of receipts",
                "{'circuit':'sums','answer':{'id':'job-1','cap':'1','since':'4242'}} | since must be a number of receipts",
                "{'circuit':'sums','secret':4242} | known members are circuit, inputs, witness, answer and time_limit",
                "{'circuit':'sums','inputs':{'a':4242 | the request is not JSON as it should be",
                "{'circuit':'other','inputs':{'a':4242}} | No such circuit",
            })
    void what_cannot_be_proven_is_refused_without_quoting_it(String body, String reason) throws IOException {
        JsonNode refused = call(400, "POST", "jobs", body.replace('\'', '"'));
        assertThat(refused.path("error").asString()).isEqualTo(reason).doesNotContain("4242");
    }

    @Test
    void full_queue_is_busy() throws IOException {
        generator.fill();
        assertThat(call(503, "POST", "jobs", "{\"circuit\":\"sums\",\"inputs\":{}}")
                        .path("error")
                        .asString())
                .contains("busy");
    }

    @Test
    void canceled_and_failed_proofs_say_so() throws IOException {
        String canceled = submit().path("id").asString();
        JsonNode answer = call(200, "DELETE", "jobs/" + canceled, "");
        assertThat(answer.path("state").asString()).isEqualTo("canceled");
        assertThat(answer.path("code").asString()).isEqualTo("CANCELED");
        String failed = submit().path("id").asString();
        generator.last().fail(ErrorCode.JOB_EXPIRED, "took too long");
        JsonNode why = call(200, "GET", "jobs/" + failed, "");
        assertThat(why.path("state").asString()).isEqualTo("failed");
        assertThat(why.path("code").asString()).isEqualTo("JOB_EXPIRED");
        assertThat(why.path("error").asString()).isEqualTo("took too long");
    }

    @Test
    void the_last_proofs_are_kept_and_unfinished_ones_always() throws IOException {
        String unfinished = submit().path("id").asString();
        String first = submit().path("id").asString();
        generator.last().make();
        for (int i = 0; i < ProofJobs.KEPT; i++) {
            assertThat(submit().path("id").asString()).isNotEmpty();
            generator.last().make();
        }
        assertThat(call(200, "GET", "jobs/" + unfinished, "").path("state").asString())
                .isEqualTo("queued");
        assertThat(call(404, "GET", "jobs/" + first, "").path("error").asString())
                .isEqualTo("no such proof; the host keeps the last 64");
        call(404, "DELETE", "jobs/nobody", "");
    }

    @Test
    void circuits_say_what_they_show() throws IOException {
        JsonNode circuit = call(200, "GET", "circuits", "").path("circuits").path(0);
        assertThat(circuit.path("circuit").asString()).isEqualTo("sums");
        assertThat(circuit.path("proves").asString()).isEqualTo("three numbers");
        assertThat(circuit.path("signals")).hasSize(2);
        assertThat(circuit.path("development_setup").asBoolean()).isTrue();
        assertThat(circuit.path("computes_witness").asBoolean()).isTrue();
    }

    @Test
    void records_of_the_proof_chain_keep_their_paths() throws IOException {
        assertThat(call(404, "GET", "job-1", "").path("error").asString()).contains("job-1");
    }

    @Test
    void without_a_generator_there_is_none() throws IOException {
        try (ApiServer bare = ApiServer.start(
                ApiServerOptions.defaults().withPort(0), TestingExtensions.of(new TestingEngine()), List::of)) {
            RawClient.Reply reply = RawClient.get(bare.port(), BASE + "circuits");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body()).contains("no plugin that makes proofs is loaded");
        }
    }
}
