package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a real coordinator answered, the devnet answers too. */
class TranscriptReplayTest {
    private static final String MINER_KEY = "lab-miner-api-key-0001";

    private final TestingClock clock = new TestingClock();
    private final TestingEngine engine = new TestingEngine("llama3.2:1b");

    private DevnetOptions options() {
        return DevnetOptions.defaults().withClock(clock).withMiner(false).withMinerKeys(Set.of(MINER_KEY));
    }

    private static TranscriptReplay replay(Devnet devnet) {
        TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
        return new TranscriptReplay(devnet, Map.of("Authorization", client.headers.getOrDefault("Authorization", "")));
    }

    @Test
    void login_and_jobs() {
        JsonNode log = TestingFiles.json("transcript-login-jobs.json").path("log");
        try (Devnet devnet = Devnet.start(options(), engine)) {
            TranscriptReplay replay = replay(devnet);
            for (JsonNode entry : log.values()) {
                switch (entry.path("note").stringValue()) {
                    case "login" -> replay.play(entry, "", signed(replay, entry));
                    case "bad json" -> replay.play(entry, "", "not json");
                    // The recording left the query out: two finished jobs are listed where the client had more.
                    case "list", "list again (cache)" -> replay.play(entry, "?limit=2&status=COMPLETED", "");
                    case "expired" -> {
                        clock.advance(Duration.ofSeconds(2));
                        replay.play(entry);
                    }
                    default -> replay.play(entry);
                }
            }

            assertThat(replay.differences()).isEmpty();
            assertThat(log.size()).isEqualTo(49);
        }
    }

    private static String signed(TranscriptReplay replay, JsonNode entry) {
        ObjectNode body = (ObjectNode) entry.path("req").deepCopy();
        String nonce = replay.mapped(body.path("nonce").stringValue());
        String message = "Sign this message to log in to AITBC.\nWallet: " + TestingWallet.RECORDED.address()
                + "\nNonce: " + nonce;
        body.put("nonce", nonce);
        body.put("signature", TestingWallet.RECORDED.sign(message).substring(2));
        return WireJson.text(body);
    }

    @Test
    void payments() {
        JsonNode log = TestingFiles.json("transcript-3.json").path("log");
        DevnetOptions options = options().withChainId("ait-lab").withProver(Prover.RECORDED);
        try (Devnet devnet = Devnet.start(options, engine)) {
            TranscriptReplay replay = replay(devnet);
            for (String address : List.of(TestingClient.BUYER, TestingClient.PROVIDER)) {
                String body = "{\"address\":\"" + address + "\"}";
                Map<String, String> json = Map.of("Content-Type", "application/json");
                new TestingHttp(devnet.chainUrl()).send("POST", "/rpc/register-account", json, body);
            }
            log.values().forEach(replay::play);

            assertThat(replay.differences()).isEmpty();
            assertThat(log.size()).isEqualTo(49);
        }
    }

    @Test
    void signed_transactions() {
        JsonNode log = TestingFiles.json("transcript-2.json");
        DevnetOptions options = options().withChainId("ait-lab").withBlockTime(Duration.ofHours(1));
        try (Devnet devnet = Devnet.start(options, engine)) {
            TranscriptReplay replay = replay(devnet);
            for (JsonNode entry : log.values()) {
                if (entry.path("note").stringValue().equals("mempool")) {
                    clock.advance(Duration.ofHours(2));
                }
                replay.play(entry);
            }

            assertThat(replay.differences()).isEmpty();
            assertThat(log.size()).isEqualTo(14);
        }
    }

    @Test
    void no_signing_key() {
        playAll("transcript-no-signing-key.json", options().withQuirks(Set.of(Quirk.NO_SIGNING_KEY)), 10);
    }

    @Test
    void no_zero_knowledge_prover() {
        playAll("transcript-no-zk.json", options(), 10);
    }

    private void playAll(String file, DevnetOptions options, int entries) {
        JsonNode log = TestingFiles.json(file);
        try (Devnet devnet = Devnet.start(options, engine)) {
            TranscriptReplay replay = replay(devnet);
            log.forEach(replay::play);

            assertThat(replay.differences()).isEmpty();
            assertThat(log.size()).isEqualTo(entries);
        }
    }

    @Test
    void odd_submissions_and_the_hub_without_its_engine() {
        JsonNode log = TestingFiles.json("transcript-8.json");
        try (Devnet devnet = Devnet.start(options(), engine)) {
            TranscriptReplay replay = replay(devnet);
            for (JsonNode entry : log.values()) {
                if (entry.path("note").stringValue().startsWith("OLLAMA DOWN")) {
                    devnet.enable(Quirk.HUB_ENGINE_DOWN);
                }
                replay.play(entry);
            }

            assertThat(replay.differences()).isEmpty();
            assertThat(log.size()).isEqualTo(13);
        }
    }

    @Test
    void the_production_miner() {
        JsonNode log = TestingFiles.json("transcript-4.json");
        engine.answerWith("Hello from fake");
        DevnetOptions options = options().withMiner(true).withMinerId("aitbc-miner-1");
        try (Devnet devnet = Devnet.start(options, engine)) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
            TranscriptReplay replay = replay(devnet);
            registerGhost(client.http);
            for (JsonNode entry : log.values()) {
                if (entry.path("note").stringValue().equals("wait")) {
                    awaited(client, replay, entry);
                } else {
                    replay.play(entry);
                }
            }

            assertThat(replay.differences()).isEmpty();
            assertThat(log.size()).isEqualTo(17);
        }
    }

    /** A dead miner of the best reputation, for which every job of its price is kept. */
    private static void registerGhost(TestingHttp http) {
        Map<String, String> headers =
                Map.of("X-Api-Key", MINER_KEY, "X-Miner-ID", "miner-lab-1", "Content-Type", "application/json");
        String body = "{\"capabilities\":{\"models\":[\"llama3.2:1b\"],\"price\":0.02,\"reputation_score\":5}}";
        assertThat(http.send("POST", "/v1/miners/register", headers, body).status())
                .isEqualTo(200);
    }

    private static void awaited(TestingClient client, TranscriptReplay replay, JsonNode entry) {
        ObjectNode recorded = (ObjectNode) entry.path("resp").deepCopy();
        recorded.remove("_waited");
        String jobId = replay.mapped(recorded.path("job_id").stringValue());
        String state = recorded.path("state").stringValue();
        if (state.equals("QUEUED")) {
            // Once the miner has done a younger job that the ghost is too dear for, it has passed over this one.
            ObjectNode younger = TestingClient.job("llama3.2:1b", "x");
            younger.putObject("constraints").put("max_price", 0.015);
            client.await(client.submit(younger), "COMPLETED");
        }
        replay.compare("wait for " + jobId, recorded, client.await(jobId, state));
    }
}
