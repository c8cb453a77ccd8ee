package io.aitbc.openclaw.bench.network;

import io.aitbc.openclaw.bench.LoadedPlugins;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A devnet whose miner answers at once, and the provider of the installation in front of it. */
final class BenchNetwork implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Worth nothing outside of a devnet. */
    private static final String WALLET_KEY = "0x" + "ab".repeat(32);

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final InstantEngine engine = new InstantEngine();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Devnet devnet = Devnet.start(DevnetOptions.defaults().withPollInterval(Duration.ofMillis(1)), engine);

    Devnet devnet() {
        return devnet;
    }

    /** The provider and the verifier of receipts alone. */
    LoadedPlugins plugins(Path data, Map<String, String> more) throws IOException {
        Map<String, String> provider = new HashMap<>(Map.of(
                "coordinator-url", devnet.coordinatorUrl(),
                "marketplace-url", devnet.marketplaceUrl(),
                "agent-registry-url", devnet.registryUrl(),
                "wallet-key", WALLET_KEY,
                "trusted-receipt-keys", devnet.receiptKeyId(),
                "test-network", "true"));
        provider.putAll(more);
        Map<String, String> off = Map.of("enabled", "false");
        return LoadedPlugins.start(data, Map.of("aitbc-provider", provider, "skill-router", off, "marketplace", off));
    }

    /** What the devnet itself says, asked past the provider. */
    JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return mapper.readTree(fetch(http, request));
    }

    static String fetch(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request.timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the devnet answered %d to %s".formatted(response.statusCode(), response.uri()));
        }
        return response.body();
    }

    HttpRequest.Builder post(String url, Object body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(body)));
    }

    @Override
    public void close() {
        http.close();
        devnet.close();
        engine.close();
    }
}
