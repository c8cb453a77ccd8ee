package io.aitbc.openclaw.bench.reload;

import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.plugins.PluginState;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One swap after the other, and what became of them. */
final class Swaps {
    private static final Logger LOG = LoggerFactory.getLogger(Swaps.class);
    private static final double SLOWEST_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<PluginState> STEPS = List.of(
            PluginState.VERIFIED,
            PluginState.STAGED,
            PluginState.RESOLVED,
            PluginState.STARTED,
            PluginState.PROBED,
            PluginState.ACTIVE);

    private final Host host;
    private final PluginVersions versions;
    private final List<Path> shipped;
    private final List<Swap> done = new ArrayList<>();
    /** By the last step that worked. */
    private final Map<PluginState, Integer> refusedAfter = new TreeMap<>();

    private int refused;
    private int bad;

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
            refuse(plugin, file, before);
            return;
        }
        Instant renamed = versions.good(plugin);
        if (!await(() -> active(file)
                .filter(now -> !now.sha256().equals(before.sha256()))
                .isPresent())) {
            throw new IOException("was not replaced: " + file + ": " + host.plugins());
        }
        Swap swap = Swap.of(active(file).orElseThrow(), renamed);
        done.add(swap);
        LOG.atDebug().addKeyValue("file", file).addKeyValue("ms", swap.whole()).log("swapped {}", swap.states());
    }

    private void refuse(Path plugin, String file, PluginStatus before) throws Exception {
        Fault fault = versions.bad(plugin);
        boolean noticed = await(() -> failed(file).isPresent());
        if (noticed && active(file).map(PluginStatus::sha256).equals(Optional.of(before.sha256()))) {
            refused++;
            PluginState reached =
                    failed(file).orElseThrow().transitions().reversed().get(1).state();
            refusedAfter.merge(reached, 1, Integer::sum);
            LOG.atDebug().addKeyValue("file", file).addKeyValue("fault", fault).log("refused after {}", reached);
        } else {
            LOG.atWarn().addKeyValue("file", file).addKeyValue("fault", fault).log("not refused");
        }
    }

    private Optional<PluginStatus> failed(String file) {
        return host.plugins().stream()
                .filter(status -> status.source().equals(file) && status.state() == PluginState.FAILED)
                .findFirst();
    }

    private Optional<PluginStatus> active(String file) {
        return host.plugins().stream()
                .filter(status -> status.source().equals(file) && status.state() == PluginState.ACTIVE)
                .findFirst();
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

    int count() {
        return done.size() + bad;
    }

    List<BenchmarkRow> rows() {
        List<BenchmarkRow> rows = new ArrayList<>();
        rows.add(BenchmarkRow.of("plugins replaced", "times", done.size()));
        rows.add(BenchmarkRow.atLeast("bad files refused, old version kept", "times", refused, bad));
        refusedAfter.forEach((state, count) ->
                rows.add(BenchmarkRow.of("of them, having reached " + state, "times", (double) count)));
        Swap slowest =
                done.stream().max(Comparator.comparingDouble(Swap::whole)).orElseThrow();
        rows.add(BenchmarkRow.of("swap, file renamed to active, median", "ms", median(Swap::whole)));
        rows.add(BenchmarkRow.atMost("slowest swap, file renamed to active", "ms", slowest.whole(), SLOWEST_MILLIS));
        for (Path plugin : shipped) {
            String file = String.valueOf(plugin.getFileName());
            done.stream()
                    .filter(swap -> swap.file().equals(file))
                    .mapToDouble(Swap::whole)
                    .max()
                    .ifPresent(millis -> rows.add(BenchmarkRow.of("slowest of " + file, "ms", millis)));
        }
        rows.add(BenchmarkRow.of("work of the host in a swap, median", "ms", median(Swap::work)));
        for (PluginState step : STEPS) {
            rows.add(BenchmarkRow.of(
                    "until " + step + ", median",
                    "ms",
                    median(swap -> swap.states().getOrDefault(step, 0.0))));
            rows.add(BenchmarkRow.of(
                    "until " + step + ", in the slowest", "ms", slowest.states().getOrDefault(step, 0.0)));
        }
        return rows;
    }

    private double median(ToDoubleFunction<Swap> figure) {
        return Swap.median(done.stream().map(figure::applyAsDouble).toList());
    }
}
