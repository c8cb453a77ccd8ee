package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.OpenClawException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Several embedded miners in one devnet. */
class MinerCrewTest {
    private final TestingEngine shared = new TestingEngine("a:1b", "b:1b");

    private static JsonNode offers(Devnet devnet) {
        return new TestingHttp(devnet.marketplaceUrl())
                .get("/v1/marketplace/offer", Map.of())
                .json()
                .path("offers");
    }

    private static ObjectNode job(String model, String constraints) {
        ObjectNode job = TestingClient.job(model, "x");
        job.set(
                "constraints",
                Json.parse(constraints.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow());
        return job;
    }

    private static String minerOf(TestingClient client, ObjectNode job) {
        return client.await(client.submit(job), "COMPLETED")
                .path("assigned_miner_id")
                .stringValue();
    }

    @Test
    void each_miner_has_its_models_price_region_reputation_bond_and_engine() {
        TestingEngine own = new TestingEngine("own:7b");
        List<MinerOptions> crew = List.of(
                MinerOptions.of("first").withModels(Set.of("a:1b")).withPrice(new BigDecimal("0.5")),
                MinerOptions.of("second").withEngine(own).withRegion("eu"),
                MinerOptions.of("third").withBond(new BigDecimal(100)).withReputation(0.9));
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults().withMiners(crew), shared)) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);

            assertThat(devnet.miners()).extracting(MinerOptions::id).containsExactly("first", "second", "third");
            assertThat(devnet.minerId()).isEqualTo("first");
            assertThat(minerOf(client, job("own:7b", "{\"models\":[\"own:7b\"]}")))
                    .isEqualTo("second");
            assertThat(own.requests).hasSize(1);
            assertThat(minerOf(client, job("a:1b", "{\"region\":\"eu\"}"))).isEqualTo("second");
            assertThat(minerOf(client, job("b:1b", "{\"min_reputation\":0.8,\"max_price\":0.1}")))
                    .isIn("third", "second");
            assertThat(minerOf(client, TestingClient.paid(job("a:1b", "{\"models\":[\"a:1b\"]}"), "20")))
                    .isEqualTo("third");
        }
    }

    @Test
    void each_miner_lists_its_own_offers_under_its_own_wallet() {
        List<MinerOptions> crew =
                List.of(MinerOptions.of("m1"), MinerOptions.of("m2").withModels(Set.of("a:1b")));
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults().withMiners(crew), shared)) {
            List<String> ids = offers(devnet)
                    .valueStream()
                    .map(offer -> offer.path("plugin_id").stringValue())
                    .toList();
            List<String> wallets = offers(devnet)
                    .valueStream()
                    .map(offer -> offer.path("provider_address").stringValue())
                    .distinct()
                    .toList();

            assertThat(ids).containsExactly("ollama-a-1b", "ollama-b-1b", "ollama-a-1b-m2");
            assertThat(wallets).hasSize(2).contains(devnet.minerAddress());
        }
    }

    @Test
    void miners_work_at_the_same_time_and_a_removed_one_is_gone() {
        CountDownLatch latch = new CountDownLatch(1);
        shared.hold(latch);
        List<MinerOptions> crew = List.of(MinerOptions.of("m1"), MinerOptions.of("m2"));
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults().withMiners(crew), shared)) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
            String one = client.submit(TestingClient.job("a:1b", "1"));
            String two = client.submit(TestingClient.job("a:1b", "2"));
            client.await(one, "RUNNING");
            client.await(two, "RUNNING");
            latch.countDown();
            client.await(one, "COMPLETED");
            client.await(two, "COMPLETED");

            assertThat(devnet.removeMiner("m1")).isTrue();
            assertThat(devnet.removeMiner("m1")).isFalse();
            assertThat(minerOf(client, TestingClient.job("a:1b", "3"))).isEqualTo("m2");
            assertThat(offers(devnet)
                            .valueStream()
                            .map(offer -> offer.path("node_id").stringValue()))
                    .containsOnly("m2");
            devnet.addMiner(MinerOptions.of("m3"));
            assertThatThrownBy(() -> devnet.addMiner(MinerOptions.of("m3"))).isInstanceOf(OpenClawException.class);
        }
    }

    @Test
    void a_slow_miner_takes_its_time() {
        List<MinerOptions> crew = List.of(MinerOptions.of("slow").withSlowness(Duration.ofMillis(300)));
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults().withMiners(crew), shared)) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
            long start = System.nanoTime();

            client.resultOf(TestingClient.job("a:1b", "x"));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void two_miners_of_one_name_are_refused() {
        List<MinerOptions> crew = List.of(MinerOptions.of("m1"), MinerOptions.of("m1"));

        assertThatThrownBy(() -> DevnetOptions.defaults().withMiners(crew))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an id of its own");
    }

    @Test
    void a_thousand_offers_are_published_at_once_and_those_with_an_endpoint_stand_in_the_chain() {
        URI endpoint = URI.create("http://127.0.0.1:9/");
        List<SoftwareOffer> many = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> SoftwareOffer.of("p-" + i, "model-" + i + ":1b", "node-" + i)
                        .withProviderAddress(TestingClient.PROVIDER)
                        .withPublicEndpoint(endpoint))
                .toList();
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults().withMiner(false), shared)) {
            devnet.publish(many);

            assertThat(offers(devnet).size()).isEqualTo(1000);
            JsonNode transactions = new TestingHttp(devnet.chainUrl())
                    .get("/rpc/transactions?limit=1000", Map.of())
                    .json();
            assertThat(transactions.size()).isEqualTo(1000);
            JsonNode payload = transactions.path(999).path("payload");
            assertThat(payload.path("action").stringValue()).isEqualTo("software_offer");
            assertThat(payload.path("plugin_id").stringValue()).isEqualTo("p-0");
            assertThat(payload.path("public_endpoint").stringValue()).isEqualTo("http://127.0.0.1:9/");
        }
    }
}
