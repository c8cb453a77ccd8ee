package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.aitbc.openclaw.api.OpenClawException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each parser, with any field replaced by anything: the outcome is a value or a refusal, never another failure. */
class ParserFuzzTest {
    private static final int ROUNDS = 1500;

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
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> fuzz(entry.getValue())));
    }

    private static void fuzz(Parser parser) {
        // The seed itself is good: a test that refuses everything would show nothing.
        parser.read().accept(Json.MAPPER.readTree(parser.seed()));
        Random random = new Random(20261125);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode mangled = mangle(Json.MAPPER.readTree(parser.seed()), random);
            try {
                parser.read().accept(mangled);
            } catch (OpenClawException e) {
                refused++;
                assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(600);
            } catch (RuntimeException e) {
                fail("round " + round + " with " + mangled, e);
            }
        }
        assertThat(refused).isLessThan(ROUNDS);
    }

    private static JsonNode mangle(JsonNode seed, Random random) {
        if (random.nextInt(30) == 0) {
            return value(random, 0);
        }
        ObjectNode object = (ObjectNode) seed;
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<String> names = new ArrayList<>(object.propertyNames());
            if (names.isEmpty()) {
                break;
            }
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set("x" + random.nextInt(), value(random, 0));
                default -> object.set(name, value(random, 0));
            }
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        String[] literals = {
            "null",
            "true",
            "-1",
            "0",
            "0.5",
            "1e30",
            "-0.0",
            "1E-300",
            "99999999999999999999",
            "9223372036854775807",
            "2147483648",
            "\"\"",
            "\"NaN\"",
            "\"1e999999999\"",
            "\"0E-8\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"\\u0000\\n\\ud800\"",
            "\"../../etc\"",
            "\"COMPLETED\"",
            "\"NEW_STATE\"",
            "\"Infinity\"",
            "\"-5\""
        };
        int kind = random.nextInt(depth > 2 ? 8 : 10);
        if (kind == 8) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                array.add(value(random, depth + 1));
            }
            return array;
        }
        if (kind == 9) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                object.set(
                        List.of("output", "client_reference", "supported_models", "x")
                                .get(random.nextInt(4)),
                        value(random, depth + 1));
            }
            return object;
        }
        return kind == 7
                ? Json.MAPPER.createObjectNode().stringNode("x".repeat(random.nextInt(3000)))
                : Json.read(literals[random.nextInt(literals.length)]).orElse(Json.MAPPER.nullNode());
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
