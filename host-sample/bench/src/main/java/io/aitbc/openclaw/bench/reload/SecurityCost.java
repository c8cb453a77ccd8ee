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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work of a host that requires signatures and watches its folder, next to one that does neither: the same plugins, the same
 * process, the same load, turn and turn about.
 */
final class SecurityCost {
    private static final int CONNECTIONS = 16;
    private static final double AT_LEAST_PERCENT = 95;

    /** What was answered, and the processor time that client, host and upstream took for it: others on the machine count less. */
    private record Work(double answers, double seconds) {
        Work plus(Work more) {
            return new Work(answers + more.answers, seconds + more.seconds);
        }

        double rate() {
            return answers / seconds;
        }
    }

    private final Path work;
    private final Path plugins;

    /** @param plugins those of the installation, with their signatures */
    SecurityCost(Path work, Path plugins) {
        this.work = work;
        this.plugins = plugins;
    }

    List<BenchmarkRow> rows(boolean shortRun) throws IOException, InterruptedException {
        int rounds = shortRun ? 6 : 30;
        Duration round = Duration.ofMillis(shortRun ? 200 : 500);
        try (FastUpstream upstream = FastUpstream.start();
                Host with = start(upstream.url(), "require");
                Host without = start(upstream.url(), "off")) {
            awaitModel(with);
            awaitModel(without);
            Work secured = new Work(0, 0);
            Work bare = new Work(0, 0);
            for (int i = 0; i < 2 * rounds; i++) {
                // Who goes first changes, too: the second finds the machine warmer.
                Work first = work(i % 2 == 0 ? with : without, round);
                Work second = work(i % 2 == 0 ? without : with, round);
                if (i >= rounds) { // until then they warmed up
                    secured = secured.plus(i % 2 == 0 ? first : second);
                    bare = bare.plus(i % 2 == 0 ? second : first);
                }
            }
            return List.of(
                    BenchmarkRow.of("signatures required, for a second of processor", "answers", secured.rate())
                            .against("signatures off", bare.rate()),
                    BenchmarkRow.atLeast(
                            "of those with signatures off, at least",
                            "%",
                            100 * secured.rate() / bare.rate(),
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
                        "plugins-watch",
                        Boolean.toString(signatures.equals("require")),
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
                return work(host, Duration.ofMillis(50)).answers() > 0;
            } catch (IOException e) {
                return false;
            }
        });
        if (!answers) {
            Work _ = work(host, Duration.ofMillis(50)); // says why
        }
    }

    private static Work work(Host host, Duration time) throws IOException {
        String body = """
                {"model":"%s","messages":[{"role":"user","content":"Tell me about a bird."}],"stream":false,\
                "options":{"num_predict":32}}""".formatted(FastUpstream.MODEL);
        Duration before = processorTime();
        LoadResult result =
                LoadClient.run(LoadPlan.of(host.url().resolve("/api/chat"), body, CONNECTIONS, Duration.ZERO, time)
                        .withLines(1));
        if (result.firstError().isPresent()) {
            throw new IOException(
                    "a host does not answer: " + result.firstError().get());
        }
        return new Work((double) result.answers(), processorTime().minus(before).toNanos() / 1e9);
    }

    private static Duration processorTime() throws IOException {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IOException("this system does not say how much processor time was used"));
    }
}
