package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three processes: a devnet without miners, a host that earns with its embedded engine, and one that buys. */
class MiningIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MINER = "edge-miner-1";
    private static final String PAYOUT = "0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d";
    private static final String SERVICES = "/api/v1/openclaw/services";

    @TempDir
    private Path scratch;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private Installation selling;
    private Installation buying;
    private RunningHost devnet;
    private String market;
    private RunningHost buyer;

    @BeforeEach
    void start() throws Exception {
        selling = new Installation(Files.createDirectory(scratch.resolve("seller")));
        buying = new Installation(Files.createDirectory(scratch.resolve("buyer")));
        devnet = buying.devnet("--miners", "0");
        market = devnet.awaitLine("marketplace ");
        List<String> options = new ArrayList<>(buying.network(devnet));
        options.addAll(List.of("--set", "plugins.aitbc-provider.offer-refresh=100ms"));
        buyer = buying.serve(options.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        asking.shutdownNow();
        client.shutdownNow();
        buyer.close();
        devnet.close();
    }

    private RunningHost sell() throws Exception {
        Path key = Files.writeString(selling.scratch().resolve("miner-key"), devnet.awaitLine("miner key "));
        List<String> options = new ArrayList<>(selling.network(devnet));
        for (String setting : List.of(
                "enabled=true",
                "id=" + MINER,
                "key-file=" + key,
                "models=wren-tiny",
                "offer=true",
                "payout-address=" + PAYOUT,
                "poll-interval=50ms",
                "heartbeat-interval=200ms")) {
            options.addAll(List.of("--set", "plugins.aitbc-provider.miner." + setting));
        }
        RunningHost seller = selling.serve(options.toArray(String[]::new));
        await().atMost(PATIENCE)
                .until(() -> get(buyer.url() + "/api/tags").toString().contains("aitbc/wren-tiny"));
        return seller;
    }

    @Test
    void a_host_earns_what_another_pays_and_leaves_nothing_behind() throws Exception {
        try (RunningHost seller = sell()) {
            JsonNode metadata = chat("aitbc/wren-tiny").path("aitbc_metadata");

            assertThat(metadata.path("miner").asString()).isEqualTo(MINER);
            assertThat(metadata.path("remote_model").asString()).isEqualTo("wren-tiny:latest");
            assertThat(metadata.path("assurance").asString()).isEqualTo("SIGNED");
            String price = metadata.path("cost").path("amount").asString();
            assertThat(payments())
                    .extracting(payment -> payment.path("state").asString())
                    .containsExactly("SETTLED");
            assertThat(payments().getFirst().toString()).contains("\"" + price + "\"");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(miner(get(seller.url() + SERVICES))
                                    .path("facts")
                                    .path("earned")
                                    .asString())
                            .isEqualTo(price + " AIT"));
            Installation.Ended services = selling.run(
                    "services",
                    "--json",
                    "--data",
                    selling.scratch().resolve("data").toString());
            assertThat(services.exitCode()).as(services.err()).isZero();
            JsonNode told = miner(json.readTree(services.out()));
            assertThat(told.path("state").asString()).isEqualTo("RUNNING");
            assertThat(told.path("facts").path("jobs-completed").asString()).isEqualTo("1");
            assertThat(told.path("facts").path("earned").asString()).isEqualTo(price + " AIT");
            assertThat(told.path("facts").path("offers").asString()).isEqualTo("1 published");
            assertThat(registered()).contains(MINER);
            String receiptKey = told.path("facts").path("receipt-key").asString();
            assertThat(receiptKey).matches("[0-9a-f]{64}");
            assertThat(metadata.path("miner_key").asString()).isEqualTo(receiptKey);
            priceIsProvenUnderTheKeyOfTheMiner(metadata.path("job").asString(), price, receiptKey);

            assertThat(seller.terminate()).as(seller.errors()).isZero();

            assertThat(offers()).doesNotContain(MINER);
            assertThat(registered()).doesNotContain(MINER);
        }
    }

    /** By the buyer, to somebody else. */
    private void priceIsProvenUnderTheKeyOfTheMiner(String job, String price, String receiptKey) throws Exception {
        Path proof = scratch.resolve("price.json");
        Installation.Ended made = buying.run(
                "proof",
                "generate",
                "receipt_chain",
                "--answer",
                job,
                "--cap",
                price,
                "-o",
                proof.toString(),
                "--data",
                buying.scratch().resolve("data").toString());
        assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
        JsonNode document = json.readTree(Files.readString(proof));
        String hash = document.path("key_sha256").asString();
        String host = document.path("evidence").path("root").path("host_key").asString();
        Installation elsewhere = new Installation(Files.createDirectory(scratch.resolve("elsewhere")));
        Installation.Ended unknown = check(elsewhere, proof, hash, host);
        assertThat(unknown.exitCode()).as("a miner nobody knows").isEqualTo(1);
        assertThat(unknown.out()).contains("receipt key %s is not among the trusted keys".formatted(receiptKey));
        Installation.Ended known = check(elsewhere, proof, hash, host, receiptKey);
        assertThat(known.exitCode()).as(known.out() + known.err()).isZero();
        assertThat(known.out()).contains("key %s, which is not the host's, signed".formatted(receiptKey));
        bundleHasTheProof(elsewhere, job, proof, List.of("proof:" + hash, "host:" + host, "miner:" + receiptKey));
    }

    private void bundleHasTheProof(Installation elsewhere, String job, Path proof, List<String> trusted)
            throws Exception {
        Path bundle = scratch.resolve("answer.json");
        Installation.Ended exported = buying.run(
                "proof",
                "export",
                job,
                "--price",
                proof.toString(),
                "-o",
                bundle.toString(),
                "--data",
                buying.scratch().resolve("data").toString());
        assertThat(exported.exitCode()).as(exported.out() + exported.err()).isZero();
        List<String> command = new ArrayList<>(List.of(
                "proof", "verify", bundle.toString(), "--aitbc", "off", "--for", job, "--require", "price,receipt"));
        command.addAll(List.of("--trust", "receipt:" + devnet.awaitLine("receipt key ")));
        trusted.forEach(key -> command.addAll(List.of("--trust", key)));
        Installation.Ended verified =
                elsewhere.without(NoNetwork.best(elsewhere.scratch())).run(command.toArray(String[]::new));
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).containsPattern("holds +price ");
    }

    private static Installation.Ended check(Installation elsewhere, Path proof, String... trusted) throws Exception {
        List<String> command = new ArrayList<>(List.of("proof", "check", proof.toString(), "--aitbc", "off"));
        for (String key : trusted) {
            command.addAll(List.of("--trust", key));
        }
        return elsewhere.without(NoNetwork.best(elsewhere.scratch())).run(command.toArray(String[]::new));
    }

    @Test
    void a_result_outlives_the_process_that_computed_it_and_is_delivered_once() throws Exception {
        CompletableFuture<JsonNode> answer;
        try (RunningHost seller = sell()) {
            lever("PUT");
            answer = CompletableFuture.supplyAsync(() -> chat("wren-tiny@" + MINER), asking);
            await().atMost(PATIENCE).until(() -> outbox("waiting").toString().contains("503"));
            seller.kill();
        }
        assertThat(answer).isNotDone();
        lever("DELETE");

        try (RunningHost seller = sell()) {
            JsonNode got = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertThat(got.path("message").path("content").asString()).isNotBlank();
            assertThat(got.path("aitbc_metadata").path("miner").asString()).isEqualTo(MINER);
            await().atMost(PATIENCE).until(() -> outbox("delivered").size() == 1);
            assertThat(outbox("waiting")).isEmpty();
            assertThat(receipts()).hasSize(1);
            assertThat(payments())
                    .extracting(payment -> payment.path("state").asString())
                    .containsExactly("SETTLED");
            assertThat(miner(get(seller.url() + SERVICES))
                            .path("facts")
                            .path("jobs-completed")
                            .asString())
                    .as("computed before the crash, not again")
                    .isEqualTo("0");
        }
    }

    /** The seller's results meet a proxy that says the coordinator is away, or no longer do. */
    private void lever(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(devnet.url() + "/devnet/quirks/results-503"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private JsonNode chat(String model) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(buyer.url() + "/api/chat"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"%s\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
                                .formatted(model)))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private JsonNode get(String url) throws IOException, InterruptedException {
        return json.readTree(
                client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private String offers() throws IOException, InterruptedException {
        return get(market + "/v1/marketplace/offer").toString();
    }

    private String registered() throws IOException, InterruptedException {
        return get(devnet.url() + "/devnet/miners").path("registered").toString();
    }

    private List<JsonNode> receipts() throws IOException, InterruptedException {
        return get(devnet.url() + "/v1/explorer/receipts")
                .path("items")
                .valueStream()
                .toList();
    }

    private List<JsonNode> payments() throws IOException, InterruptedException {
        return get(buyer.url() + "/api/v1/openclaw/payments")
                .path("accounts")
                .path(0)
                .path("payments")
                .valueStream()
                .toList();
    }

    private List<JsonNode> outbox(String state) throws IOException, InterruptedException {
        Installation.Ended list = selling.run(
                "outbox",
                "list",
                "--json",
                "--data",
                selling.scratch().resolve("data").toString());
        assertThat(list.exitCode()).as(list.err()).isZero();
        return json.readTree(list.out())
                .path("messages")
                .valueStream()
                .filter(message -> message.path("state").asString().equals(state))
                .toList();
    }

    private static JsonNode miner(JsonNode services) {
        return services.path("services")
                .valueStream()
                .filter(service -> service.path("id").asString().equals("aitbc-miner"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no miner among " + services));
    }
}
