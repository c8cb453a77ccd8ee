package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GPUs for rent, and ratings of software offers, on the marketplace service. */
class GpuOffersTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Devnet devnet = Devnet.start(DevnetOptions.defaults(), new TestingEngine("m:1b"));
    private final TestingHttp http = new TestingHttp(devnet.marketplaceUrl());

    @AfterEach
    void close() {
        devnet.close();
    }

    private TestingHttp.Answer send(String method, String path, String body) {
        return http.send(method, "/v1/marketplace/" + path, JSON, body);
    }

    private String published(String price, String region, int memory) {
        return send("POST", "offers", """
                {"provider":"%s","gpu_model":"RTX","gpu_memory_gb":%d,"gpu_count":1,"price_per_hour":"%s","region":"%s"}""".formatted(TestingClient.PROVIDER, memory, price, region))
                .json()
                .path("id")
                .stringValue();
    }

    @Test
    void a_gpu_is_booked_once_and_comes_back() {
        String id = published("0.5", "eu", 24);
        String booking = "{\"wallet\":\"%s\",\"amount\":\"1.5\",\"duration_hours\":3}".formatted(TestingClient.BUYER);

        JsonNode booked = send("POST", "offers/" + id + "/book", booking).json();

        assertThat(booked.path("status").stringValue()).isEqualTo("pending");
        assertThat(booked.path("provider").stringValue()).isEqualTo(TestingClient.PROVIDER);
        JsonNode escrow = new TestingHttp(devnet.chainUrl())
                .get("/rpc/escrow/" + booked.path("bid_id").stringValue(), Map.of())
                .json();
        assertThat(escrow.path("contract_id")).isEqualTo(booked.path("escrow_contract_id"));
        TestingHttp.Answer again = send("POST", "offers/" + id + "/book", booking);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text()).isEqualTo("{\"error\":\"Offer is not available (status=reserved)\"}");
        send("POST", "offers/" + id + "/cancel", "{}");
        assertThat(send("GET", "offers/" + id, "").json().path("status").stringValue())
                .isEqualTo("available");
        assertThat(send("GET", "offers/" + id + "/history", "")
                        .json()
                        .path("history")
                        .valueStream()
                        .map(step -> step.path("status").stringValue()))
                .containsExactly("available", "reserved", "available");
        assertThat(send("GET", "offers/none", "").text()).isEqualTo("{\"error\":\"Offer not found\"}");
    }

    @Test
    void a_canceled_free_gpu_is_off_the_list() {
        String id = published("0.5", "eu", 24);

        send("POST", "offers/" + id + "/cancel", "{}");

        assertThat(send("GET", "offers?status=available", "")
                        .json()
                        .path("total")
                        .intValue())
                .isZero();
        assertThat(send("POST", "offers/" + id + "/book", "{\"amount\":1}").text())
                .contains("status=delisted");
    }

    @Test
    void a_match_is_the_cheapest_then_the_oldest_and_prefers_the_region() {
        String dear = published("0.9", "eu", 24);
        String cheap = published("0.2", "us", 24);
        String alsoCheap = published("0.2", "us", 48);
        published("0.1", "us", 8);

        assertThat(matches("{\"requirements\":{\"gpu_memory_gb\":24}}")).containsExactly(cheap, alsoCheap, dear);
        assertThat(matches("{\"requirements\":{\"gpu_memory_gb\":24},\"preferred_region\":\"eu\"}"))
                .containsExactly(dear, cheap, alsoCheap);
        assertThat(matches("{\"requirements\":{\"gpu_memory_gb\":24},\"max_price\":0.5}"))
                .containsExactly(cheap, alsoCheap);
    }

    private List<String> matches(String body) {
        return send("POST", "match", body)
                .json()
                .path("matches")
                .valueStream()
                .map(offer -> offer.path("id").stringValue())
                .toList();
    }

    @Test
    void anyone_rates_a_software_offer_as_often_as_they_like() {
        send("POST", "offer/ollama-m-1b/rate", "{\"rating\":5,\"comment\":\"great\"}");
        assertThat(send("POST", "offer/ollama-m-1b/rate", "{\"rating\":2}")
                        .json()
                        .path("avg_rating")
                        .doubleValue())
                .isEqualTo(3.5);

        assertThat(send("GET", "offer/ollama-m-1b", "")
                        .json()
                        .path("rating_count")
                        .intValue())
                .isEqualTo(2);
        assertThat(send("GET", "offer/ollama-m-1b/ratings", "").text()).contains("great");
        assertThat(send("POST", "offer/ollama-m-1b/rate", "{\"rating\":6}").status())
                .isEqualTo(400);
    }
}
