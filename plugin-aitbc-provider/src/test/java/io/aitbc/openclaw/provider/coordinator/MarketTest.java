package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedHttp;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is listed in public, in the words of the real services. */
@Timeout(30)
class MarketTest {
    private final ScriptedHttp server = new ScriptedHttp();
    private final CoordinatorServices services = TestingServices.of(server);
    private final CallScope scope = new CallScope();

    @AfterEach
    void stop() {
        services.close();
        server.close();
    }

    @Test
    void gpus_are_asked_for_with_all_filters() {
        server.answer("GET /v1/marketplace/gpu/list", 200, """
                [{"id":"gpu_fdd4c750","miner_id":"m1","model":"NVIDIA RTX 4090","price_per_hour":"0.75000000","status":"available",
                  "created_at":"2026-11-22T11:43:58.191095+00:00Z"},
                 {"id":"no price","miner_id":"m1"}, 7, null]""");

        List<GpuListing> gpus = services.market()
                .gpus(
                        new GpuQuery(
                                true,
                                Optional.of("NVIDIA RTX 4090"),
                                Optional.of("eu"),
                                Optional.of(new BigDecimal("1E+1")),
                                5),
                        scope);

        assertThat(gpus).extracting(GpuListing::id).containsExactly("gpu_fdd4c750");
        assertThat(server.requests())
                .containsExactly("GET /v1/marketplace/gpu/list?limit=5&available=true&model=NVIDIA%20RTX%204090"
                        + "&region=eu&price_max=10");
    }

    @Test
    void offers_of_miners_are_read_from_all_three_lists() {
        String offers = """
                [{"id":"o1","provider":"miner_1","capacity":1,"price":"0.01","sla":"standard","status":"open",
                  "created_at":"2026-11-22T11:35:24.490314Z","gpu_model":"RTX","price_per_hour":"0E-8","region":null,
                  "attributes":{"supported_models":["llama3.2:1b",7]},"unknown":{}},
                 {"provider":"miner_2"}]""";
        server.answer("GET /v1/offers", 200, offers);
        server.answer("GET /v1/marketplace/offers", 200, offers);
        server.answer("GET /v1/marketplace/miner-offers", 200, offers);

        for (List<MarketOffer> read : List.of(
                services.market().offers(scope),
                services.market().marketplaceOffers(Optional.of("open"), 10, 20, scope),
                services.market().minerOffers(scope))) {
            assertThat(read).singleElement().satisfies(offer -> {
                assertThat(offer.price().orElseThrow()).isZero();
                assertThat(offer.models()).containsExactly("llama3.2:1b");
                assertThat(offer.createdAt()).contains(Instant.parse("2026-11-22T11:35:24.490314Z"));
            });
        }
        assertThat(server.requests()).contains("GET /v1/marketplace/offers?limit=10&offset=20&status=open");
    }

    @Test
    void numbers_are_read_from_strings_and_floats() {
        server.answer("GET /v1/marketplace/stats", 200, """
                {"totalOffers":3,"openCapacity":2,"averagePrice":"0.0","activeBids":0}""");
        server.answer("GET /v1/exchange/market-stats", 200, """
                {"price":"0.001","price_change_24h":"5.2","daily_volume":0.5,"total_payments":4,"pending_payments":0}""");
        server.answer("GET /v1/marketplace/pricing/RTX 4090", 200, """
                {"model":"RTX 4090","min_price":"0.6744999999999999999999999999","max_price":1e0,"total_gpus":2}""");
        server.answer("GET /v1/reputation/trust-score/m1", 200, """
                {"agent_id":"m1","composite_score":676.55,"reputation_level":"advanced","calculated_at":"2026-11-22T11:35:24Z"}""");

        assertThat(services.market().stats(scope).totalOffers()).contains(3L);
        assertThat(services.market().exchangeStats(scope).dailyVolume()).contains(new BigDecimal("0.5"));
        assertThat(services.market().pricing("RTX 4090", scope).orElseThrow().least())
                .contains(new BigDecimal("0.6744999999999999999999999999"));
        assertThat(services.market().pricing("none", scope)).isEmpty();
        assertThat(services.market().trustScore("m1", scope).score()).isEqualByComparingTo("676.55");
    }

    @Test
    void a_trust_score_out_of_range_is_none() {
        server.answer("GET /v1/reputation/trust-score/m1", 200, "{\"composite_score\":1e30}");

        Failures.assertFails(ErrorCode.MALFORMED_ANSWER, () -> services.market().trustScore("m1", scope));
    }

    @Test
    void rates_of_both_protocols_are_read() {
        server.answer("GET /v1/exchange/rates", 200, """
                {"eth_to_aitbc":"1000","aitbc_to_eth":"0.001","fee_percent":0.5,"x_to_y":"0","a_to_b_to_c":1}""");
        assertThat(services.market().rates(scope).rates())
                .containsExactly(
                        new ExchangeRates.Rate("ETH", "AITBC", new BigDecimal("1000")),
                        new ExchangeRates.Rate("AITBC", "ETH", new BigDecimal("0.001")));
        server.answer("GET /v1/exchange/rates", 200, "{\"btc_to_aitbc\":100000.0,\"aitbc_to_btc\":1e-5}");
        assertThat(services.market().rates(scope).rates())
                .extracting(ExchangeRates.Rate::from)
                .containsExactly("BTC", "AITBC");
    }

    @Test
    void software_offers_are_filtered_and_found_by_name() {
        String offer = """
                {"plugin_id":"ollama-x","offer_id":"of1","service_type":"ollama","model":"x","price":0.01,
                 "price_unit":"per_1k_tokens","status":"active"}""";
        server.answer("GET /v1/marketplace/offer", 200, "{\"offers\":[%s],\"total\":1}".formatted(offer));
        server.answer("GET /v1/marketplace/offer/ollama-x", 200, offer);
        server.answer("GET /v1/marketplace/offer/gone", 404, "{\"error\":\"Offer not found\"}");

        assertThat(services.marketplace().softwareOffers(Optional.of("ollama"), Optional.of("active"), scope))
                .hasSize(1);
        assertThat(services.marketplace()
                        .softwareOffer("ollama-x", scope)
                        .orElseThrow()
                        .model())
                .isEqualTo("x");
        assertThat(services.marketplace().softwareOffer("gone", scope)).isEmpty();
        assertThat(server.requests()).contains("GET /v1/marketplace/offer?service_type=ollama&status=active");
    }

    @Test
    void an_answer_that_is_no_list_is_refused() {
        server.answer("GET /v1/offers", 200, "{\"detail\":\"x\"}");

        Failures.assertFails(ErrorCode.MALFORMED_ANSWER, () -> services.market().offers(scope));
    }

    @Test
    void opinions_about_proofs_are_read_and_a_missing_proof_is_none() {
        TestingServices.login(server);
        server.answer("POST /v1/zk/verify", 200, """
                {"verified":true,"computation_correct":true,"privacy_preserved":true,"reason":"Unknown","commitment":"unknown"}""");
        server.answer("POST /v1/ml-zk/verify/inference", 200, "{\"verified\":false,\"reason\":\"arity\"}");
        server.answer("POST /v1/zk/receipt/verify", 400, "{\"detail\":\"No ZK proof stored for this job\"}");
        server.answer("GET /v1/zk/info", 200, "{\"enabled\":true,\"available_circuits\":[\"receipt_public\"]}");
        var proof = Json.MAPPER.createObjectNode();

        assertThat(services.proofs().verify("receipt_public", proof, List.of("1"), scope))
                .isEqualTo(new RemoteOpinion(true, Optional.of("Unknown")));
        assertThat(services.proofs().verifyInference(proof, List.of("0"), scope).verified())
                .isFalse();
        assertThat(services.proofs().verifyReceipt("j1", scope)).isEmpty();
        assertThat(services.proofs().circuits(scope)).containsExactly("receipt_public");
    }
}
