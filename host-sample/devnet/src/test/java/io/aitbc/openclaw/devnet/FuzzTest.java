package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer is an answer and not a crash. */
class FuzzTest {
    private static final int ROUNDS = 800;
    private static final String KEY = "fuzz-key";
    private static final String JOB = """
            {"payload":{"type":"inference","model":"m:1b","prompt":"ü😀"},"constraints":{"gpu":null,"min_vram_gb":8,
            "models":["m:1b"],"max_price":"0.05","min_reputation":0.5,"bond_required":false,"region":"eu"},
            "ttl_seconds":900,"payment_amount":1.5,"payment_currency":"AITBC",
            "buyer_address":"0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6","provider_address":"0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d"}""";
    private static final String REGISTRATION = """
            {"capabilities":{"gpus":[{"name":"RTX","memory_mb":24564}],"cuda":"12.4","models":["m:1b"],"price":0.02,
            "reputation_score":0.7},"concurrency":2,"region":"eu"}""";
    private static final String RESULT = """
            {"result":{"status":"completed","output":"x","execution_time":1e-6},"metrics":{"duration_ms":1500}}""";
    private static final String TRANSACTION = """
            {"from":"0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6","to":"0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d","amount":3600,
            "fee":36,"nonce":0,"payload":{"amount":3600},"type":"TRANSFER","chain_id":"ait-devnet","signature":"0xe8c665d175ae1c6462cebe67ae58bae55c6916486f921ffe87c18d1671cbfd9a063ad48354f52c2d3de92afd1762cc9f953f06e841e2978931af950d2aa4e02800"}""";
    private static final String[] PIECES = {
        "null",
        "-1",
        "1e308",
        "1e400",
        "\"\"",
        "[]",
        "{}",
        "true",
        "99999999999999999999999999",
        "\"\\ud83d\"",
        "0.1",
        "[[[[",
        "\u0000"
    };

    private final DevnetOptions options = DevnetOptions.defaults().withMinerKeys(Set.of(KEY));
    private final QuirkBoard quirks = new QuirkBoard(Set.of());
    private final Identifiers identifiers = new Identifiers(Optional.empty());
    private final Chain chain = new Chain(identifiers, options.clock(), quirks, "ait-devnet", Duration.ZERO);
    private final Coordinator coordinator =
            new Coordinator(options, identifiers, quirks, KEY, new TestingEngine("m:1b"), chain);
    private final Random random = new Random(20261123);

    private byte[] mutated(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> changed.setCharAt(at, (char) random.nextInt(0x80));
                default -> replaceValue(changed, at);
            }
        }
        return changed.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Puts another value where one stands, so that much of what is tried is still JSON. */
    private void replaceValue(StringBuilder text, int from) {
        int colon = text.indexOf(":", from);
        int end = colon < 0 ? -1 : text.indexOf(",", colon);
        if (end > 0) {
            text.replace(colon + 1, end, PIECES[random.nextInt(PIECES.length)]);
        }
    }

    private ApiResponse call(String path, Map<String, String> headers, byte[] body) {
        return coordinator.handle(new ApiRequest("POST", path, Map.of(), headers, body));
    }

    /** Some get through and some do not; otherwise the mutations are no good. */
    private void fuzz(String path, Map<String, String> headers, String valid) {
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] body = mutated(valid);
            ApiResponse response = call(path, headers, body);
            assertThat(response.status())
                    .as("%s with %s", path, new String(body, StandardCharsets.UTF_8))
                    .isLessThan(500);
            accepted += response.status() < 300 ? 1 : 0;
        }
        assertThat(accepted).as(path).isLessThan(ROUNDS);
        assertThat(accepted > 0).as(path).isEqualTo(!path.equals("/v1/login"));
    }

    private Map<String, String> client() {
        Map<String, String> json = Map.of("content-type", "application/json");
        String address = TestingWallet.RECORDED.address();
        ApiResponse nonce =
                call("/v1/auth/nonce", json, WireJson.bytes(Json.object().put("wallet_address", address)));
        String text = value(nonce, "nonce");
        String message = "Sign this message to log in to AITBC.\nWallet: " + address + "\nNonce: " + text;
        ApiResponse login = call(
                "/v1/login",
                json,
                WireJson.bytes(Json.object()
                        .put("wallet_address", address)
                        .put("nonce", text)
                        .put("signature", TestingWallet.RECORDED.sign(message))));
        return Map.of("content-type", "application/json", "authorization", "Bearer " + value(login, "session_token"));
    }

    private static String value(ApiResponse response, String name) {
        return ((ApiResponse.Body.Value) response.body()).json().path(name).stringValue();
    }

    @Test
    void submissions() {
        fuzz("/v1/jobs", client(), JOB);
    }

    @Test
    void registrations_heartbeats_and_results() {
        Map<String, String> headers = Coordinator.minerHeaders(KEY, "fuzzer");
        fuzz("/v1/miners/register", headers, REGISTRATION);
        fuzz("/v1/miners/heartbeat", headers, "{\"inflight\":0,\"status\":\"ONLINE\",\"metadata\":{\"a\":1}}");
        call("/v1/miners/register", headers, REGISTRATION.getBytes(StandardCharsets.UTF_8));
        String jobId = value(call("/v1/jobs", client(), JOB.getBytes(StandardCharsets.UTF_8)), "job_id");
        fuzz("/v1/miners/" + jobId + "/result", headers, RESULT);
        fuzz("/v1/miners/" + jobId + "/fail", headers, "{\"error_code\":\"X\",\"error_message\":\"y\",\"metrics\":{}}");
    }

    @Test
    void what_fuzzed_miners_declared_can_be_read() {
        Map<String, String> headers = Coordinator.minerHeaders(KEY, "fuzzer");
        for (int i = 0; i < 150; i++) {
            call("/v1/miners/register", headers, mutated(REGISTRATION));
            for (String path : List.of("/v1/marketplace/gpu/list", "/v1/offers", "/v1/marketplace/stats")) {
                ApiResponse response = coordinator.handle(new ApiRequest("GET", path, Map.of(), Map.of(), new byte[0]));
                assertThat(response.status()).as(path).isEqualTo(200);
            }
            assertThat(call("/v1/miners/poll", headers, "{}".getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isIn(200, 204, 500);
        }
    }

    @Test
    void logins_and_offers_and_transactions() {
        Map<String, String> json = Map.of("content-type", "application/json");
        fuzz("/v1/auth/nonce", json, "{\"wallet_address\":\"0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6\"}");
        fuzz("/v1/login", json, "{\"wallet_address\":\"0xe2\",\"nonce\":\"n\",\"signature\":\"0x00\"}");
        Marketplace marketplace = new Marketplace(identifiers, options.clock(), quirks, chain);
        ChainRoutes node = new ChainRoutes(chain, quirks, new RateLimits(options.clock()));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] offer = mutated("{\"plugin_id\":\"a\",\"service_type\":\"ollama\",\"model\":\"m\",\"price\":0.1}");
            assertThat(marketplace
                            .handle(new ApiRequest("POST", "/v1/marketplace/offer", Map.of(), json, offer))
                            .status())
                    .isLessThan(500);
            byte[] transaction = mutated(TRANSACTION);
            assertThat(node.reply(new ApiRequest("POST", "/rpc/transaction", Map.of(), json, transaction))
                            .response()
                            .status())
                    .isLessThan(500);
        }
    }

    private static final String PROOF = """
            {"proof":{"pi_a":["1","2","1"],"pi_b":[["1","2"],["3","4"],["1","0"]],"pi_c":["1","2","1"]},"public_signals":["1"],
            "circuit_name":"receipt_public","inputs":{"x":"1"},"private_inputs":{"y":"2"},"job_id":"j","zz":0}""";

    @Test
    void proofs() {
        Map<String, String> client = client();
        for (String path : List.of("/v1/zk/verify", "/v1/ml-zk/verify/inference")) {
            fuzz(path, client, PROOF);
        }
        for (int i = 0; i < ROUNDS; i++) {
            byte[] body = mutated(PROOF);
            assertThat(call("/v1/zk/generate", client, body).status()).isIn(400, 422);
            assertThat(call("/v1/zk/receipt/verify", client, body).status()).isIn(404, 422);
        }
    }

    @Test
    void agents_gpus_and_public_endpoints() throws Exception {
        Map<String, String> json = Map.of("content-type", "application/json");
        AgentRegistry registry = new AgentRegistry(options.clock(), quirks);
        Marketplace marketplace = new Marketplace(identifiers, options.clock(), quirks, chain);
        MinerEndpoint endpoint = new MinerEndpoint("m", new TestingEngine("m:1b"), options, quirks);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] agent = mutated(
                    "{\"agent_id\":\"a\",\"agent_type\":\"w\",\"capabilities\":[\"x\"],\"services\":[\"y\"],"
                            + "\"endpoints\":{\"a\":\"b\"},\"metadata\":{},\"chain_id\":\"c\",\"status\":\"active\",\"zz\":0}");
            for (String path : List.of("register", "discover", "a/heartbeat")) {
                assertAnswered(registry.handle(new ApiRequest("POST", "/v1/agents/" + path, Map.of(), json, agent)));
            }
            byte[] gpu = mutated("{\"provider\":\"p\",\"gpu_memory_gb\":8,\"price_per_hour\":\"0.5\",\"amount\":1,"
                    + "\"requirements\":{\"gpu_memory_gb\":4},\"max_price\":1,\"rating\":3,\"zz\":0}");
            for (String path : List.of("offers", "match", "offer/a/rate")) {
                assertAnswered(
                        marketplace.handle(new ApiRequest("POST", "/v1/marketplace/" + path, Map.of(), json, gpu)));
            }
            byte[] prompt =
                    mutated("{\"model\":\"m:1b\",\"prompt\":\"p\",\"stream\":false,\"options\":{\"num_predict\":3},"
                            + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"system\":\"s\",\"zz\":0}");
            for (String path : List.of("generate", "chat")) {
                assertAnswered(endpoint.reply(new ApiRequest("POST", "/api/" + path, Map.of(), json, prompt))
                        .response());
            }
        }
    }

    @Test
    void levers() {
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults(), new TestingEngine("m:1b"))) {
            TestingHttp http = new TestingHttp(devnet.coordinatorUrl());
            Map<String, String> json = Map.of("Content-Type", "application/json");
            for (int i = 0; i < 150; i++) {
                String miner =
                        "{\"id\":\"m-%d\",\"models\":[\"m:1b\"],\"price\":0.1,\"bond\":1,\"slowness_ms\":5,\"zz\":0}"
                                .formatted(i);
                String offers =
                        "{\"offers\":[{\"plugin_id\":\"p\",\"model\":\"m\",\"node_id\":\"n\",\"price\":1}],\"zz\":0}";
                for (Map.Entry<String, String> lever : Map.of(
                                "miners", miner, "offers", offers, "clock", "{\"advance_seconds\":1,\"zz\":0}")
                        .entrySet()) {
                    String body = new String(mutated(lever.getValue()), StandardCharsets.UTF_8);
                    assertThat(http.send("POST", "/devnet/" + lever.getKey(), json, body)
                                    .status())
                            .as("%s with %s", lever.getKey(), body)
                            .isIn(200, 201, 400, 404);
                }
                devnet.removeMiner("m-" + i);
            }
        }
    }

    private static void assertAnswered(ApiResponse response) {
        assertThat(response.status()).isLessThan(500);
    }

    @Test
    void many_clients_at_once_all_get_their_own_answer() throws Exception {
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults(), new TestingEngine("m:1b"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
            List<Callable<String>> jobs = IntStream.range(0, 24)
                    .<Callable<String>>mapToObj(
                            number -> () -> client.resultOf(TestingClient.job("m:1b", "number " + number))
                                    .path("result")
                                    .path("output")
                                    .stringValue())
                    .toList();
            List<Future<String>> answers = threads.invokeAll(jobs);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("m:1b says: number " + i);
            }
        }
    }
}
