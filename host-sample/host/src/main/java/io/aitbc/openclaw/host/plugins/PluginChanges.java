package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How what is loaded changes, from the first load to the end: one change at a time, each whole or not at all. */
final class PluginChanges {
    private final Turns turns = new Turns();
    private final ActivePlugins plugins;
    private final Services services;
    private final Retirement retirement;
    private final Succession succession;
    private final FirstLoad first;
    private final Replacement replacement;
    private final FolderIntake intake;

    PluginChanges(
            PluginHostOptions options,
            PluginLauncher launcher,
            ActivePlugins plugins,
            Services services,
            HostOutbox outbox,
            Retirement retirement,
            StagedCopies copies) {
        this.plugins = plugins;
        this.services = services;
        this.retirement = retirement;
        succession = new Succession(turns, plugins, services, outbox, retirement, copies);
        first = new FirstLoad(options, launcher, plugins);
        replacement = new Replacement(options.clock(), turns, launcher, plugins, succession);
        intake = new FolderIntake(options, turns, launcher, plugins, succession);
    }

    List<PluginEntry> entries() {
        return plugins.entries();
    }

    /** What somebody asks for. */
    Replacement replacement() {
        return replacement;
    }

    /** What happens in the plugins directory. */
    FolderIntake intake() {
        return intake;
    }

    void loadAll() {
        try (Turns.Turn _ = turns.take()) {
            first.run();
        }
    }

    /** Starts the services of all that is loaded, and from now on those of what is loaded later. */
    void startServices(Collection<Generation> besides) {
        try (Turns.Turn _ = turns.take()) {
            if (turns.over()) {
                return;
            }
            services.work();
            besides.forEach(services::start);
            plugins.all().forEach(launched -> services.start(launched.generation()));
        }
    }

    /** Deletes copies on disk that nothing needs. */
    void prune() {
        succession.prune();
    }

    /** What was loaded, once; from now on nothing changes any more. */
    List<Launched> end() {
        return turns.last(plugins::end);
    }

    /** Unloads, waiting for calls as long as it is told; also those that were being drained already. */
    void unload(List<Launched> loaded, Duration limit) {
        plugins.withdrawEnded(loaded);
        retirement.all(loaded, limit);
    }
}
