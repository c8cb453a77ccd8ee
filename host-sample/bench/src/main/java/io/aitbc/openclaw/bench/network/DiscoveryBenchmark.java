package io.aitbc.openclaw.bench.network;

import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.network.AgentQuery;
import io.aitbc.openclaw.api.network.ComputeNetwork;
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

/**
 * How long it takes a provider that was just loaded to know the models of a marketplace with 1,000 offers, and the agents of a
 * registry with 1,000: no connection, no login, nothing cached. Each time the plugins are loaded anew. The baseline fetches the
 * same with a new HTTP client and does not even read it.
 */
public final class DiscoveryBenchmark implements Benchmark {
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
        return "finding the models of 1,000 offers, and 1,000 agents, with a provider that was just loaded";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        int times = options.shortRun() ? 50 : 400;
        try (BenchNetwork network = new BenchNetwork()) {
            publish(network);
            RegisteredAgents agents = new RegisteredAgents(network);
            Figures models = new Figures("models of 1,000 offers");
            Figures agentFigures = new Figures("1,000 agents");
            for (int i = 0; i < times; i++) {
                models.raw.time(() -> fetchOffers(network));
                discover(
                        network,
                        options.workDirectory().resolve("models-" + i),
                        models,
                        DiscoveryBenchmark::findModels);
                agents.keep();
                agentFigures.raw.time(agents::fetch);
                discover(
                        network,
                        options.workDirectory().resolve("agents-" + i),
                        agentFigures,
                        DiscoveryBenchmark::findAgents);
            }
            List<BenchmarkRow> rows = new ArrayList<>(models.rows());
            rows.addAll(agentFigures.rows());
            return List.copyOf(rows);
        }
    }

    /** What was measured of one kind of thing to find. */
    private static final class Figures {
        private final String name;
        /** The baseline. */
        private final Samples raw = new Samples();
        /** From asking a loaded provider to its answer. */
        private final Samples asked = new Samples();
        /** With loading the plugins. */
        private final Samples all = new Samples();

        Figures(String name) {
            this.name = name;
        }

        List<BenchmarkRow> rows() {
            return List.of(
                    BenchmarkRow.of(name + ", p50", "ms", asked.percentile(50)).against(RAW, raw.percentile(50)),
                    BenchmarkRow.atMost(name + ", p99, at most", "ms", asked.percentile(99), MOST_MILLIS)
                            .against(RAW, raw.percentile(99)),
                    BenchmarkRow.of(name + ", slowest", "ms", asked.percentile(100))
                            .against(RAW, raw.percentile(100)),
                    BenchmarkRow.atMost(
                            name + " with loading the plugins, p99, at most", "ms", all.percentile(99), MOST_MILLIS));
        }
    }

    /** Asks plugins that were just loaded, once; fails when not all is found. */
    private interface Question {
        Samples.Work of(LoadedPlugins plugins) throws IOException;
    }

    private static void discover(BenchNetwork network, Path data, Figures figures, Question question) throws Exception {
        long start = System.nanoTime();
        try (LoadedPlugins plugins = network.plugins(data, Map.of())) {
            figures.asked.time(question.of(plugins));
            figures.all.add(System.nanoTime() - start);
        }
    }

    private static Samples.Work findModels(LoadedPlugins plugins) throws IOException {
        InferenceProvider provider = plugins.require(InferenceProvider.class);
        return () -> {
            List<ModelDescriptor> models = provider.catalogue();
            int offers =
                    models.stream().mapToInt(model -> model.offers().size()).sum();
            // The devnet's own miner offers one model more.
            if (models.size() != MODELS + 1 || offers != OFFERS + 1) {
                throw new IOException("found %d models of %d offers".formatted(models.size(), offers));
            }
        };
    }

    private static Samples.Work findAgents(LoadedPlugins plugins) throws IOException {
        ComputeNetwork network = plugins.require(ComputeNetwork.class);
        return () -> {
            int found = network.agents(AgentQuery.all()).size();
            if (found != RegisteredAgents.COUNT) {
                throw new IOException("found %d agents".formatted(found));
            }
        };
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
