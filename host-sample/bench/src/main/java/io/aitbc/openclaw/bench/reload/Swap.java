package io.aitbc.openclaw.bench.reload;

import io.aitbc.openclaw.host.plugins.PluginState;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import io.aitbc.openclaw.host.plugins.PluginTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plugin that took the place of an older version.
 *
 * @param file of the plugin
 * @param whole from the rename of its file to the first call it can take
 * @param states how long it took to reach each, from the one before
 */
record Swap(String file, double whole, double work, Map<PluginState, Double> states) {
    /** In milliseconds. */
    static Swap of(PluginStatus status, Instant renamed) {
        Map<PluginState, Double> states = new TreeMap<>();
        Duration before = Duration.ZERO;
        for (PluginTransition step : status.transitions()) {
            states.put(step.state(), millis(step.after().minus(before)));
            before = step.after();
            if (step.state() == PluginState.ACTIVE) {
                return new Swap(
                        status.source(), millis(Duration.between(renamed, step.at())), millis(step.after()), states);
            }
        }
        throw new IllegalArgumentException("It is not active: " + status);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    static double median(List<Double> figures) {
        List<Double> sorted = new ArrayList<>(figures);
        sorted.sort(null);
        return sorted.get(sorted.size() / 2);
    }
}
