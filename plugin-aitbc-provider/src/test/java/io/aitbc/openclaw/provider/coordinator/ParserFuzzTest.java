package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.provider.JsonFuzz;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Each parser, with any field replaced by anything: the outcome is a value or a refusal, never another failure. */
class ParserFuzzTest {
    private record Parser(String seed, Consumer<JsonNode> read) {}

    private static final Map<String, Parser> PARSERS = Map.ofEntries(
            Map.entry("job", new Parser("""
                    {"job_id":"a","state":"QUEUED","assigned_miner_id":null,"requested_at":"2026-11-22T11:35:24Z","error":null,
                     "payment_id":"p","payment_status":"escrowed","payload":{"client_reference":"x"},"result":{"output":"y"}}""", node -> JobView.parse("fuzz", node))),
            Map.entry("jobs", new Parser("""
                    {"items":[{"job_id":"a","state":"QUEUED"}],"total":1,"limit":20,"offset":0}""", node -> JobPage.parse(node.toString()))),
            Map.entry("payment", new Parser("""
                    {"job_id":"a","payment_id":"p","amount":"1.00000000","status":"released","transaction_hash":"0x1"}""", node -> PaymentView.parse("fuzz", node.toString()))),
            Map.entry("offer", new Parser("""
                    {"offer_id":"o","plugin_id":"p","model":"m","price":0.01,"provider_address":"0x","registered_at":"x"}""", SoftwareOffer::parse)),
            Map.entry("market offer", new Parser("""
                    {"id":"o","provider":"m","price":"0E-8","gpu_model":"g","attributes":{"supported_models":["a"]},"created_at":"x"}""", MarketOffer::parse)),
            Map.entry("gpu", new Parser("""
                    {"id":"g","miner_id":"m","model":"x","price_per_hour":"0.75","status":"available","created_at":"x"}""", GpuListing::parse)),
            Map.entry("rates", new Parser("""
                    {"eth_to_aitbc":"1000","aitbc_to_eth":0.001,"fee_percent":0.5}""", ExchangeRates::parse)),
            Map.entry("market stats", new Parser("""
                    {"totalOffers":1,"openCapacity":1,"averagePrice":"0.0"}""", MarketStats::parse)),
            Map.entry("exchange stats", new Parser("""
                    {"price":"0.001","daily_volume":"0","total_payments":0,"pending_payments":0}""", ExchangeStats::parse)),
            Map.entry("gpu prices", new Parser("""
                    {"min_price":"0.6744999999999999999999999999","max_price":1,"total_gpus":2}""", GpuPrices::parse)),
            Map.entry("trust", new Parser("""
                    {"composite_score":676.55,"reputation_level":"advanced","calculated_at":"x"}""", node -> TrustScore.parse("fuzz", node))),
            Map.entry("opinion", new Parser("""
                    {"verified":true,"reason":"Unknown"}""", node -> RemoteOpinion.parse("fuzz", node))),
            Map.entry("hub answer", new Parser("""
                    {"success":true,"response":"x","model":"m","context":[1,2],"total_duration":300000000,"eval_count":4}""", node -> HubAnswer.parse("fuzz", node))),
            Map.entry("hub model", new Parser("""
                    {"name":"x","size":1321098329}""", HubClient.Model::parse)),
            Map.entry("batch", new Parser("""
                    {"index":0,"response":"x","success":true}""", HubClient.BatchAnswer::parse)),
            Map.entry("token", new Parser("""
                    {"exp":1795347327}""", node -> Session.expiry("a." + base64(node.toString()) + ".b"))));

    private static String base64(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> any_value_in_any_place_is_read_or_refused() {
        return PARSERS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> JsonFuzz.run(
                                entry.getValue().seed(), entry.getValue().read())));
    }

    @TestFactory
    Stream<DynamicTest> a_state_or_field_of_a_later_version_does_not_hide_a_job() {
        return Stream.of("PAUSED", "completed", "")
                .map(state -> DynamicTest.dynamicTest("'" + state + "'", () -> {
                    JobView job = JobView.parse(
                            "test",
                            Json.MAPPER.readTree("{\"job_id\":\"a\",\"state\":\"%s\",\"new\":{}}".formatted(state)));
                    assertThat(job.state())
                            .isEqualTo(state.equals("completed") ? JobState.COMPLETED : JobState.UNKNOWN);
                    assertThat(Optional.of(job.jobId())).contains("a");
                }));
    }
}
