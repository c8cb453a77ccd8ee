package io.aitbc.openclaw.bench.network;

import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.bench.LoadedPlugins;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long it takes a provider that was just loaded to know the models of a marketplace with 1,000 offers: no connection, no
 * login, nothing cached. Each time the plugins are loaded anew. The baseline fetches the same offers with a new HTTP client and
 * does not even read them.
 */
public final class DiscoveryBenchmark implements Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryBenchmark.class);
    private static final int OFFERS = 1000;
    private static final int MODELS = 250;
    private static final double MOST_MILLIS = 2000;
    private static final String RAW = "raw fetch";

    /** For the service loader. */
    public DiscoveryBenchmark() {}

    @Override
    public String name() {
        return "discovery";
    }

    @Override
    public String summary() {
        return "finding the models of 1,000 offers with a provider that was just loaded";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        int times = options.shortRun() ? 100 : 400;
        try (BenchNetwork network = new BenchNetwork()) {
            publish(network);
            Samples raw = new Samples();
            Samples asked = new Samples();
            Samples all = new Samples();
            for (int i = 0; i < times; i++) {
                raw.time(() -> fetchOffers(network));
                discover(network, options.workDirectory().resolve("data-" + i), asked, all);
            }
            LOG.atInfo()
                    .addKeyValue("times", times)
                    .addKeyValue("slowest", all.percentile(100))
                    .log("Discovered models");
            return List.of(
                    BenchmarkRow.of("models of 1,000 offers, p50", "ms", asked.percentile(50))
                            .against(RAW, raw.percentile(50)),
                    BenchmarkRow.atMost("models of 1,000 offers, p99, at most", "ms", asked.percentile(99), MOST_MILLIS)
                            .against(RAW, raw.percentile(99)),
                    BenchmarkRow.of("models of 1,000 offers, slowest", "ms", asked.percentile(100))
                            .against(RAW, raw.percentile(100)),
                    BenchmarkRow.atMost(
                            "with loading the plugins, p99, at most", "ms", all.percentile(99), MOST_MILLIS),
                    BenchmarkRow.of("with loading the plugins, slowest", "ms", all.percentile(100)));
        }
    }

    /** @param all with loading the plugins */
    private static void discover(BenchNetwork network, Path data, Samples asked, Samples all) throws Exception {
        long start = System.nanoTime();
        try (LoadedPlugins plugins = network.plugins(data, Map.of())) {
            InferenceProvider provider = plugins.require(InferenceProvider.class);
            List<ModelDescriptor> models = new ArrayList<>();
            asked.time(() -> models.addAll(provider.catalogue()));
            all.add(System.nanoTime() - start);
            int offers =
                    models.stream().mapToInt(model -> model.offers().size()).sum();
            // The devnet's own miner offers one model more.
            if (models.size() != MODELS + 1 || offers != OFFERS + 1) {
                throw new IOException("found %d models of %d offers".formatted(models.size(), offers));
            }
        }
    }

    private static void publish(BenchNetwork network) throws IOException, InterruptedException {
        String url = network.devnet().marketplaceUrl() + "/v1/marketplace/offer";
        for (int i = 0; i < OFFERS; i++) {
            String model = "model-%d:1b".formatted(i % MODELS);
            network.ask(network.post(
                    url,
                    Map.of(
                            "plugin_id",
                            "ollama-" + i,
                            "service_type",
                            "ollama",
                            "model",
                            model,
                            "price",
                            0.01 + i * 1e-5,
                            "price_unit",
                            "per_1k_tokens",
                            "provider_address",
                            "0x%040x".formatted(i + 1),
                            "node_id",
                            "miner-" + i,
                            "gpu_name",
                            "NVIDIA RTX 4090",
                            "description",
                            "offer %d of a benchmark".formatted(i))));
        }
    }

    private static void fetchOffers(BenchNetwork network) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI offers = URI.create(network.devnet().marketplaceUrl() + "/v1/marketplace/offer");
            if (BenchNetwork.fetch(client, HttpRequest.newBuilder(offers)).length() < OFFERS * 100) {
                throw new IOException("the offers are not all there");
            }
        }
    }
}
