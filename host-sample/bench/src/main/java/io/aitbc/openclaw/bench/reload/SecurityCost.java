package io.aitbc.openclaw.bench.reload;

import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.testing.FastUpstream;
import io.aitbc.openclaw.testing.LoadClient;
import io.aitbc.openclaw.testing.LoadPlan;
import io.aitbc.openclaw.testing.LoadResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Throughput of a host that requires signatures and watches its folder, next to one that does neither: the same plugins, the same
 * process, the same load, turn and turn about.
 */
final class SecurityCost {
    private static final int CONNECTIONS = 16;
    private static final double AT_LEAST_PERCENT = 95;

    private final Path work;
    private final Path plugins;

    /** @param plugins those of the installation, with their signatures */
    SecurityCost(Path work, Path plugins) {
        this.work = work;
        this.plugins = plugins;
    }

    List<BenchmarkRow> rows(boolean shortRun) throws IOException, InterruptedException {
        int rounds = shortRun ? 9 : 31;
        Duration round = Duration.ofMillis(shortRun ? 150 : 500);
        try (FastUpstream upstream = FastUpstream.start();
                Host with = start(upstream.url(), "require");
                Host without = start(upstream.url(), "off")) {
            awaitModel(with);
            awaitModel(without);
            for (int i = 0; i < rounds / 2; i++) {
                double _ = rate(with, round);
                double _ = rate(without, round);
            }
            List<Double> secured = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                // Who goes first changes, too: the second finds the machine warmer.
                double first = rate(i % 2 == 0 ? with : without, round);
                double second = rate(i % 2 == 0 ? without : with, round);
                secured.add(i % 2 == 0 ? first : second);
                bare.add(i % 2 == 0 ? second : first);
                ratios.add(100 * secured.getLast() / bare.getLast());
            }
            return List.of(
                    BenchmarkRow.of("throughput with signatures required", "answers/s", Swap.median(secured))
                            .against("signatures off", Swap.median(bare)),
                    BenchmarkRow.atLeast(
                            "throughput with signatures of that without, at least",
                            "%",
                            Swap.median(ratios),
                            AT_LEAST_PERCENT));
        }
    }

    private Host start(URI ollama, String signatures) throws IOException {
        Path data = Files.createDirectories(work.resolve("data-" + signatures));
        HostConfig config = HostConfig.read(
                Map.of(
                        "port",
                        "0",
                        "data-directory",
                        data.toString(),
                        "plugins-directory",
                        plugins.toString(),
                        "plugins-signatures",
                        signatures,
                        "ollama",
                        ollama.toString(),
                        "aitbc",
                        "off"),
                Map.of(),
                Optional.empty());
        Host host = Host.start(config);
        boolean signed = host.plugins().stream()
                .allMatch(plugin ->
                        plugin.failure().isEmpty() && plugin.signedBy().isPresent() == signatures.equals("require"));
        if (!signed) {
            host.close();
            throw new IOException("what is compared is not what it should be: " + host.plugins());
        }
        return host;
    }

    /** On a busy machine a host may have to ask the upstream more than once until it knows its models. */
    private static void awaitModel(Host host) throws IOException, InterruptedException {
        boolean answers = Swaps.await(() -> {
            try {
                return rate(host, Duration.ofMillis(50)) > 0;
            } catch (IOException e) {
                return false;
            }
        });
        if (!answers) {
            double _ = rate(host, Duration.ofMillis(50)); // says why
        }
    }

    private static double rate(Host host, Duration time) throws IOException {
        String body = """
                {"model":"%s","messages":[{"role":"user","content":"Tell me about a bird."}],"stream":false,\
                "options":{"num_predict":32}}""".formatted(FastUpstream.MODEL);
        LoadResult result = LoadClient.run(
                LoadPlan.of(host.url().resolve("/api/chat"), body, CONNECTIONS, Duration.ofMillis(20), time)
                        .withLines(1));
        if (result.firstError().isPresent()) {
            throw new IOException(
                    "a host does not answer: " + result.firstError().get());
        }
        return result.answersPerSecond();
    }
}
