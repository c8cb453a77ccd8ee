package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Which job goes to which miner. */
class DispatchTest {
    private static final String CAPABILITIES = """
            {"gpus":[{"name":"RTX 4090","memory_mb":24564}],"cuda":"12.4.1","models":["a:1b","b:1b"],"price":0.02,
            "reputation_score":0.7}""";
    private static final String POOR = """
            {"models":["a:1b"],"price":0.02,"reputation_score":0.1}""";

    private final Devnet devnet = Devnet.start(DevnetOptions.defaults().withMiner(false), new TestingEngine("a:1b"));
    private final TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
    private final TestingMiner miner = TestingMiner.of(devnet, "strong").register(CAPABILITIES, 1);

    @AfterEach
    void close() {
        devnet.close();
    }

    private static ObjectNode job(String constraints) {
        ObjectNode job = TestingClient.job("a:1b", "x");
        job.set(
                "constraints",
                Json.parse(constraints.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow());
        return job;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"region":"eu"}             | true
            {"region":"us"}             | false
            {"gpu":"RTX 4090"}          | true
            {"gpu":"RTX"}               | false
            {"min_vram_gb":23}          | true
            {"min_vram_gb":24}          | false
            {"cuda":"12.4"}             | true
            {"cuda":"11"}               | false
            {"models":["b:1b","a:1b"]}  | true
            {"models":["a:1b","c:1b"]}  | false
            {"max_price":"0.02"}        | true
            {"max_price":0.0199}        | false
            {"min_reputation":0.7}      | true
            {"min_reputation":0.71}     | false
            {"bond_required":true}      | false
            {"made_up":7}               | true
            """)
    void constraints_decide_whether_the_miner_gets_the_job(String constraints, boolean fits) {
        String jobId = client.submit(job(constraints));

        assertThat(miner.poll()).isEqualTo(fits ? jobId : "");
    }

    @Test
    void the_oldest_matching_job_goes_first() {
        client.submit(job("{\"region\":\"us\"}"));
        String second = client.submit(job("{}"));
        client.submit(job("{}"));

        assertThat(miner.poll()).isEqualTo(second);
    }

    @Test
    void ten_coins_need_a_bond_and_a_large_enough_one_where_the_job_says_so() {
        String jobId = client.submit(TestingClient.paid(job("{\"min_bond_amount\":50}"), "10"));
        assertThat(miner.poll()).isEmpty();

        devnet.bond("strong", new BigDecimal(49));
        assertThat(miner.poll()).isEmpty();
        devnet.bond("strong", new BigDecimal(50));
        assertThat(miner.poll()).isEqualTo(jobId);
    }

    @Test
    void less_than_ten_coins_need_no_bond() {
        String jobId = client.submit(TestingClient.paid(job("{}"), "9.99"));

        assertThat(miner.poll()).isEqualTo(jobId);
    }

    @Test
    void a_better_miner_that_is_online_and_free_goes_first_even_if_it_is_dead() {
        TestingMiner poor = TestingMiner.of(devnet, "poor").register(POOR, 1);
        String jobId = client.submit(job("{}"));
        assertThat(poor.poll()).isEmpty();

        // The production miner's heartbeats do not say ONLINE.
        miner.post("heartbeat", "{\"status\":\"active\"}");

        assertThat(poor.poll()).isEqualTo(jobId);
    }

    @Test
    void a_better_miner_starves_nobody_of_what_it_cannot_do_itself() {
        TestingMiner poor = TestingMiner.of(devnet, "poor").register("""
                {"models":["c:1b"],"price":0.01,"reputation_score":0.1}""", 1);
        String jobId = client.submit(job("{\"models\":[\"c:1b\"]}"));

        assertThat(poor.poll()).isEqualTo(jobId);
    }

    @Test
    void a_miner_with_a_canceled_or_expired_job_counts_as_busy() {
        String canceled = client.submit(job("{}"));
        assertThat(miner.poll()).isEqualTo(canceled);
        client.post("/v1/jobs/" + canceled + "/cancel");
        String next = client.submit(job("{}"));
        assertThat(miner.poll()).isEmpty();

        miner.result(canceled, "late", 5);
        assertThat(miner.poll()).isEqualTo(next);
        devnet.clock().advance(Duration.ofHours(1));
        assertThat(client.view(next).path("state").stringValue()).isEqualTo("EXPIRED");
        client.submit(job("{}"));
        assertThat(miner.poll()).isEmpty();
    }

    @Test
    void expired_jobs_are_passed_over_and_expired_by_a_poll() {
        String late = client.submit(job("{}").put("ttl_seconds", 5));
        devnet.clock().advance(Duration.ofSeconds(6));
        String fresh = client.submit(job("{}"));

        assertThat(miner.poll()).isEqualTo(fresh);
        assertThat(client.get("/v1/jobs?status=EXPIRED")
                        .json()
                        .path("items")
                        .path(0)
                        .path("job_id")
                        .stringValue())
                .isEqualTo(late);
    }

    @Test
    void a_ghost_starves_everybody_until_it_is_deregistered() {
        devnet.enable(Quirk.GHOST_MINER);
        String jobId = client.submit(job("{}"));
        assertThat(miner.poll()).isEmpty();
        assertThat(miner.poll()).isEmpty();

        Map<String, String> headers = Map.of("X-Api-Key", devnet.minerKey());
        assertThat(miner.http()
                        .send("DELETE", "/v1/miners/" + Miners.GHOST, headers, "")
                        .status())
                .isEqualTo(200);

        assertThat(miner.poll()).isEqualTo(jobId);
        assertThat(devnet.quirks()).isEmpty();
    }

    @Test
    void a_ghost_is_gone_with_its_quirk() {
        devnet.enable(Quirk.GHOST_MINER);
        String jobId = client.submit(job("{}"));
        assertThat(miner.poll()).isEmpty();

        devnet.disable(Quirk.GHOST_MINER);

        assertThat(miner.poll()).isEqualTo(jobId);
    }
}
