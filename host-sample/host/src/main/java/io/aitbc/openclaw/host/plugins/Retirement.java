package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Takes generations out of service: lets the calls in them end, closes them, and hands on what may be left of them. */
final class Retirement {
    /**
     * A generation that takes no new calls.
     *
     * @param stopped whether its services say that they stopped
     * @param closed runs once it is closed
     */
    record Retired(Launched old, boolean stopped, Runnable closed) {}

    private final Services services;
    private final UnloadedPlugins unloaded;
    private final Duration limit;
    /** Those that are being drained without anybody waiting for it. */
    private final Map<Launched, Thread> draining = new ConcurrentHashMap<>();

    /** @param limit how long calls may go on */
    Retirement(Services services, UnloadedPlugins unloaded, Duration limit) {
        this.services = services;
        this.unloaded = unloaded;
        this.limit = limit;
    }

    /** Of one that never took a call. */
    void discard(Launched launched) {
        ClassLoader loader = launched.instance().close();
        unloaded.add(remains(launched, loader, List.of()), loader);
    }

    /** Returns once it is closed. */
    void now(Retired retired) {
        retired.old().instance().retire();
        now(retired, limit);
    }

    private void now(Retired retired, Duration patience) {
        Launched old = retired.old();
        boolean drained = old.generation().drain(patience);
        List<String> unstopped = retired.stopped() ? List.of() : services.failed(old.generation());
        services.forget(old.generation());
        ClassLoader loader = old.instance().close();
        if (!drained) {
            old.entry().warn("calls in it were canceled at the drain limit");
        }
        old.entry().is(PluginState.CLOSED);
        unloaded.add(remains(old, loader, unstopped), loader);
        retired.closed().run();
    }

    private static Remains remains(Launched launched, ClassLoader loader, List<String> services) {
        return new Remains(
                launched.entry(),
                loader,
                launched.generation().calls(),
                launched.instance().tasks(),
                services);
    }

    /** Returns at once. */
    void later(Retired retired) {
        Thread thread = Thread.ofPlatform().daemon().name("plugin-drain").unstarted(() -> {
            now(retired);
            draining.remove(retired.old());
        });
        draining.put(retired.old(), thread);
        thread.start();
    }

    /** All that are loaded, at the same time; also those that were being drained already. */
    void all(List<Launched> loaded, Duration patience) {
        SideBySide.run(loaded.stream().map(each -> () -> now(new Retired(each, true, () -> {}), patience)));
        Map<Launched, Thread> left = Map.copyOf(draining);
        left.keySet().forEach(launched -> launched.generation().hurry());
        for (Thread thread : left.values()) {
            try {
                boolean _ = thread.join(patience);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
