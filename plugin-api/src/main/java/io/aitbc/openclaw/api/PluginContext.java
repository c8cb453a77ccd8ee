package io.aitbc.openclaw.api;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** What the host lends to a plugin. Everything in it is owned, and closed, by the host. */
public interface PluginContext {
    String pluginId();

    /** Semantic version of the plugin, from its manifest. */
    String pluginVersion();

    /** The plugin's own section of the configuration. */
    PluginConfig config();

    /** What else is loaded. May be empty while plugins start: look things up when they are needed, not at creation. */
    Extensions extensions();

    /** One virtual thread per task; tasks still running when the plugin is unloaded are interrupted. */
    ExecutorService executor();

    /** For periodic work. Keep tasks short: hand long ones to {@link #executor()}. */
    ScheduledExecutorService scheduler();

    /** A folder of the plugin's own that survives restarts and upgrades; exists. */
    Path dataDirectory();

    InstantSource clock();

    /**
     * One object for all extensions of this plugin, such as its connections: made at the first call, closed after the last
     * extension was closed. Extensions that use it do not close it.
     *
     * @param type at most one object of each type
     * @param create must not call this method
     */
    <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> create);

    /** For what must not be lost while its receiver is away. */
    Outbox outbox();
}
