package io.aitbc.openclaw.bench.reload;

import io.aitbc.openclaw.bench.Benchmark;
import io.aitbc.openclaw.bench.BenchmarkOptions;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import io.aitbc.openclaw.host.trust.Consents;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops new files of the shipped plugins into the folder of a host, some of them bad, while clients stream from it. */
public final class ReloadBenchmark implements Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadBenchmark.class);
    private static final int CLIENTS = 32;
    private static final int CLIENTS_OF_NETWORK = 4;
    private static final int ONE_IN = 10;
    private static final int RELOADS = 500;
    private static final int SHORT_RELOADS = 30;
    /** So that a short run has each kind of bad file. */
    private static final int SHORT_ONE_IN = 6;

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
        Consents consents = new Consents(Consents.fileIn(data));
        for (Path zip : shipped) {
            String id = String.valueOf(zip.getFileName()).replace(".zip", "");
            boolean _ = consents.agreeToKey(id, key.publicKey().id());
        }
        HostConfig config = HostConfig.read(
                Map.of(
                        "port", "0",
                        "data-directory", data.toString(),
                        "plugins-directory", plugins.toString(),
                        "plugins.aitbc-provider.daily-budget", "1000000",
                        "plugins.aitbc-provider.queue-timeout", "60s"),
                Map.of(),
                Optional.empty());
        PluginVersions versions = new PluginVersions(options.workDirectory().resolve("editions"), plugins, key);
        List<BenchmarkRow> rows = new ArrayList<>();
        rows.add(BenchmarkRow.of("load of the machine before", "threads", load()));
        try (Host host = Host.start(config);
                StreamingClients clients = new StreamingClients(host.url(), CLIENTS, CLIENTS_OF_NETWORK)) {
            Swaps swaps = new Swaps(host, versions, shipped);
            int reloads = options.shortRun() ? SHORT_RELOADS : RELOADS;
            int oneIn = options.shortRun() ? SHORT_ONE_IN : ONE_IN;
            for (int i = 1; i <= reloads; i++) {
                swaps.one(i, i % oneIn == 0);
            }
            clients.stop();
            rows.addAll(swaps.rows());
            rows.addAll(rows(host, data, clients));
        }
        Path signed = Files.createDirectories(options.workDirectory().resolve("signed-plugins"));
        List<Path> _ = install(Path.of(home, "plugins"), signed);
        rows.addAll(new SecurityCost(options.workDirectory(), signed).rows(options.shortRun()));
        return rows;
    }

    /** Threads that ran or waited for a processor in the last minute, at the average; 0 where the system does not say. */
    private static double load() {
        return Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
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

    private static List<BenchmarkRow> rows(Host host, Path data, StreamingClients clients)
            throws IOException, InterruptedException {
        clients.failures().forEach(failure -> LOG.atWarn().log("call failed: {}", failure));
        List<BenchmarkRow> rows = new ArrayList<>();
        rows.add(BenchmarkRow.atLeast(
                "streams that ended whole, at least", "streams", (double) clients.whole(), CLIENTS));
        rows.add(BenchmarkRow.atLeast(
                "of them from the network, at least",
                "streams",
                (double) clients.wholeOfNetwork(),
                CLIENTS_OF_NETWORK));
        rows.add(BenchmarkRow.atMost("failed calls", "calls", (double) clients.failed(), 0));
        rows.add(BenchmarkRow.atMost("truncated streams", "streams", (double) clients.truncated(), 0));
        boolean _ = Swaps.await(() -> {
            System.gc();
            return inMemory(host).isEmpty();
        });
        inMemory(host).forEach(row -> LOG.atWarn().log("still in memory: {} {}", row.get("id"), row.get("held_by")));
        rows.add(BenchmarkRow.atMost(
                "old versions still in memory", "versions", inMemory(host).size(), 0));
        boolean _ = Swaps.await(() -> staleCopies(host, data) == 0);
        rows.add(BenchmarkRow.atMost("copies of old versions on disk", "folders", (double) staleCopies(host, data), 0));
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

    /** Those of files that are listed, bad ones among them, belong to no old version. */
    private static long staleCopies(Host host, Path data) {
        Set<String> listed = host.plugins().stream().map(PluginStatus::sha256).collect(Collectors.toSet());
        try (Stream<Path> copies = Files.list(data.resolve("generations"))) {
            return copies.map(copy -> String.valueOf(copy.getFileName()))
                    .filter(name -> !name.startsWith(".lock") && !listed.contains(name))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where the system does not list them. */
    private static Optional<Long> staleHandles(Host host, Path data) throws IOException {
        Path list = Path.of("/proc/self/fd");
        if (!Files.isDirectory(list)) {
            return Optional.empty();
        }
        List<String> current = host.plugins().stream().map(PluginStatus::sha256).toList();
        Pattern generation = Pattern.compile(
                Pattern.quote(data.toRealPath().resolve("generations").toString()) + "/\\.?[a-z0-9-]{10,}/.*");
        long stale = 0;
        try (Stream<Path> handles = Files.list(list)) {
            for (Path handle : (Iterable<Path>) handles::iterator) {
                Optional<String> target = target(handle);
                if (target.isPresent()
                        && generation.matcher(target.get()).matches()
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
}
