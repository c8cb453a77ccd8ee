package io.aitbc.openclaw.bench.reload;

import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.plugins.PluginState;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import io.aitbc.openclaw.host.plugins.PluginTransition;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops new files of the shipped plugins into the folder of a host, some of them bad, while clients stream from it. */
public final class ReloadBenchmark implements Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadBenchmark.class);
    private static final int CLIENTS = 32;
    private static final int ONE_IN = 10;
    private static final double SLOWEST_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For the service loader. */
    public ReloadBenchmark() {}

    @Override
    public String name() {
        return "reload";
    }

    @Override
    public String summary() {
        return "plugins replaced under 32 streaming clients, one in ten of them bad: lost calls, leaks, time of a swap";
    }

    @Override
    public List<BenchmarkRow> run(BenchmarkOptions options) throws Exception {
        String home = System.getProperty("openclaw.home");
        if (home == null) {
            throw new IOException("this benchmark replaces the plugins of an installation: use ./run bench reload");
        }
        Path plugins = Files.createDirectories(options.workDirectory().resolve("plugins"));
        Path data = Files.createDirectories(options.workDirectory().resolve("data"));
        List<Path> shipped = install(Path.of(home, "plugins"), plugins);
        SigningKey key = SigningKey.generate(new SecureRandom());
        TrustStore.trust(TrustStore.fileIn(data), "benchmark", key.publicKey());
        HostConfig config = HostConfig.read(
                Map.of(
                        "port", "0",
                        "data-directory", data.toString(),
                        "plugins-directory", plugins.toString()),
                Map.of(),
                Optional.empty());
        PluginVersions versions = new PluginVersions(options.workDirectory().resolve("editions"), plugins, key);
        try (Host host = Host.start(config);
                StreamingClients clients = new StreamingClients(host.url(), CLIENTS)) {
            Swaps swaps = new Swaps(host, versions, shipped);
            int reloads = options.shortRun() ? 40 : 500;
            for (int i = 1; i <= reloads; i++) {
                swaps.one(i, i % ONE_IN == 0);
            }
            clients.stop();
            return rows(host, data, clients, swaps);
        }
    }

    private static List<Path> install(Path from, Path to) throws IOException {
        List<Path> zips;
        try (Stream<Path> found = Files.list(from)) {
            zips = found.filter(file -> file.toString().endsWith(".zip"))
                    .sorted()
                    .toList();
        }
        for (Path zip : zips) {
            Files.copy(zip, to.resolve(zip.getFileName()));
            Path signature = PluginSignature.fileOf(zip);
            Files.copy(signature, to.resolve(signature.getFileName()));
        }
        return zips;
    }

    private static List<BenchmarkRow> rows(Host host, Path data, StreamingClients clients, Swaps swaps)
            throws IOException, InterruptedException {
        clients.failures().forEach(failure -> LOG.atWarn().log("call failed: {}", failure));
        List<BenchmarkRow> rows = new ArrayList<>();
        rows.add(BenchmarkRow.of("plugins replaced", "times", swaps.replaced()));
        rows.add(BenchmarkRow.atLeast("bad files refused, old version kept", "times", swaps.refused(), swaps.bad()));
        rows.add(BenchmarkRow.atLeast(
                "streams that ended whole, at least", "streams", (double) clients.whole(), CLIENTS));
        rows.add(BenchmarkRow.atMost("failed calls", "calls", (double) clients.failed(), 0));
        rows.add(BenchmarkRow.atMost("truncated streams", "streams", (double) clients.truncated(), 0));
        rows.add(BenchmarkRow.atMost("slowest swap, file seen to active", "ms", swaps.slowestMillis(), SLOWEST_MILLIS));
        boolean _ = Swaps.await(() -> {
            System.gc();
            return inMemory(host).isEmpty();
        });
        inMemory(host).forEach(row -> LOG.atWarn().log("still in memory: {} {}", row.get("id"), row.get("held_by")));
        rows.add(BenchmarkRow.atMost(
                "old versions still in memory", "versions", inMemory(host).size(), 0));
        Optional<Long> handles = staleHandles(host, data);
        handles.ifPresent(
                count -> rows.add(BenchmarkRow.atMost("open files of old versions", "files", (double) count, 0)));
        return rows;
    }

    private static List<Map<String, Object>> inMemory(Host host) {
        return host.unloadedRows().stream()
                .filter(row -> !"COLLECTED".equals(row.get("state")))
                .toList();
    }

    /** Empty where the system does not list them. */
    private static Optional<Long> staleHandles(Host host, Path data) throws IOException {
        Path list = Path.of("/proc/self/fd");
        if (!Files.isDirectory(list)) {
            return Optional.empty();
        }
        List<String> current = host.plugins().stream().map(PluginStatus::sha256).toList();
        String generations = data.toRealPath().resolve("generations").toString();
        long stale = 0;
        try (Stream<Path> handles = Files.list(list)) {
            for (Path handle : (Iterable<Path>) handles::iterator) {
                Optional<String> target = target(handle);
                if (target.isPresent()
                        && target.get().startsWith(generations)
                        && current.stream().noneMatch(target.get()::contains)) {
                    LOG.atWarn().log("still open: {}", target.get());
                    stale++;
                }
            }
        }
        return Optional.of(stale);
    }

    private static Optional<String> target(Path handle) {
        try {
            return Optional.of(Files.readSymbolicLink(handle).toString());
        } catch (IOException e) {
            return Optional.empty(); // closed meanwhile
        }
    }

    /** One swap after the other, and what became of them. */
    private static final class Swaps {
        private final Host host;
        private final PluginVersions versions;
        private final List<Path> shipped;
        private int replaced;
        private int refused;
        private int bad;
        private double slowestMillis;

        Swaps(Host host, PluginVersions versions, List<Path> shipped) {
            this.host = host;
            this.versions = versions;
            this.shipped = shipped;
        }

        void one(int number, boolean spoilt) throws Exception {
            Path plugin = shipped.get(number % shipped.size());
            String file = String.valueOf(plugin.getFileName());
            PluginStatus before =
                    active(file).orElseThrow(() -> new IOException("nothing runs of " + file + ": " + host.plugins()));
            if (spoilt) {
                bad++;
                versions.bad(plugin);
                boolean noticed = await(() -> host.plugins().stream()
                        .anyMatch(status -> status.source().equals(file) && status.state() == PluginState.FAILED));
                if (noticed && active(file).map(PluginStatus::sha256).equals(Optional.of(before.sha256()))) {
                    refused++;
                }
                return;
            }
            versions.good(plugin);
            if (!await(() -> active(file)
                    .filter(now -> !now.sha256().equals(before.sha256()))
                    .isPresent())) {
                throw new IOException("was not replaced: " + file + ": " + host.plugins());
            }
            replaced++;
            slowestMillis =
                    Math.max(slowestMillis, active(file).map(Swaps::millis).orElse(0.0));
        }

        private Optional<PluginStatus> active(String file) {
            return host.plugins().stream()
                    .filter(status -> status.source().equals(file) && status.state() == PluginState.ACTIVE)
                    .findFirst();
        }

        private static double millis(PluginStatus status) {
            return status.transitions().stream()
                    .filter(step -> step.state() == PluginState.ACTIVE)
                    .map(PluginTransition::after)
                    .mapToDouble(after -> after.toNanos() / 1e6)
                    .max()
                    .orElse(0);
        }

        static boolean await(BooleanSupplier condition) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                Thread.sleep(Duration.ofMillis(10));
            }
            return true;
        }

        int replaced() {
            return replaced;
        }

        int refused() {
            return refused;
        }

        int bad() {
            return bad;
        }

        double slowestMillis() {
            return slowestMillis;
        }
    }
}
