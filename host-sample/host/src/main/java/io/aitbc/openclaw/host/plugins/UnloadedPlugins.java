package io.aitbc.openclaw.host.plugins;

import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows which unloaded generations are still in memory and, as far as it can be known, why; and when the others went. */
final class UnloadedPlugins {
    private static final int MOST_COLLECTED = 20;

    private final Cleaner cleaner = Cleaner.create(
            Thread.ofPlatform().daemon().name("plugins-collected").factory());
    private final List<Remains> alive = new CopyOnWriteArrayList<>();
    private final Deque<PluginStatus> collected = new ArrayDeque<>();

    void add(Remains remains, ClassLoader loader) {
        alive.add(remains);
        var _ = cleaner.register(loader, () -> gone(remains));
    }

    /** Runs when the loader can no longer be reached from anywhere. */
    private void gone(Remains remains) {
        PluginEntry entry = remains.entry();
        if (entry.status().state() == PluginState.CLOSED) {
            entry.is(PluginState.COLLECTED);
            synchronized (collected) {
                collected.add(entry.status());
                if (collected.size() > MOST_COLLECTED) {
                    var _ = collected.remove();
                }
            }
        }
        alive.remove(remains);
    }

    int inMemory() {
        return (int) alive.stream().filter(Remains::inMemory).count();
    }

    /** Closed generations with what holds them, and the last ones that were collected. */
    List<PluginStatus> statuses() {
        List<PluginStatus> statuses = new ArrayList<>();
        synchronized (collected) {
            statuses.addAll(collected);
        }
        for (Remains remains : alive) {
            PluginStatus status = remains.entry().status();
            if (status.state() == PluginState.CLOSED || status.state() == PluginState.FAILED) {
                statuses.add(status.withHolders(remains.holders()));
            }
        }
        return statuses;
    }
}
