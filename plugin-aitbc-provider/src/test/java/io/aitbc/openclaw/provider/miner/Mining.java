package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.provider.FolderContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A host with an engine, a miner and an outbox that is delivered all the time, ready for one test. */
final class Mining implements AutoCloseable {
    static final String MODEL = "tiny:latest";

    final ScriptedEngine engine =
            new ScriptedEngine("scripted", Models.local("scripted", MODEL, Capability.COMPLETION));
    final FolderContext context;
    final BackgroundService miner;
    final OutboxHandler results;
    private final ScheduledExecutorService replayer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    Mining(Path folder, String coordinator, String marketplace, String minerId, String key, String... more) {
        context = new FolderContext(folder, settings(coordinator, marketplace, minerId, key, more));
        context.add(engine);
        miner = new AitbcMinerFactory().create(context);
        results = new AitbcMinerResultsFactory().create(context);
    }

    static Mining at(ScriptedHub hub, Path folder, String... more) {
        return new Mining(folder, hub.url(), hub.url(), ScriptedHub.MINER, ScriptedHub.KEY, more);
    }

    static Map<String, String> settings(
            String coordinator, String marketplace, String minerId, String key, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "coordinator-url", coordinator,
                "marketplace-url", marketplace,
                "miner.enabled", "true",
                "miner.id", minerId,
                "miner.key", key,
                "miner.models", MODEL,
                "miner.poll-interval", "10ms",
                "miner.heartbeat-interval", "20ms",
                "miner.stop-grace", "100ms"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** Starts the miner, and a host's way to deliver. */
    Mining start() {
        deliverAlways();
        miner.start();
        return this;
    }

    void deliverAlways() {
        replayer.scheduleWithFixedDelay(() -> context.outbox().deliver(results), 0, 5, TimeUnit.MILLISECONDS);
    }

    String fact(String name) {
        return String.valueOf(miner.health().facts().get(name));
    }

    @Override
    public void close() {
        miner.stop();
        miner.close();
        replayer.shutdownNow();
        results.close();
        context.close();
        engine.close();
    }
}
