package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import java.util.List;
import java.util.Optional;

/** What a host starts with: the files of the directory, and in place of a file that is no good what worked last. */
final class FirstLoad {
    private final PluginHostOptions options;
    private final PluginLauncher launcher;
    private final ActivePlugins plugins;

    FirstLoad(PluginHostOptions options, PluginLauncher launcher, ActivePlugins plugins) {
        this.options = options;
        this.launcher = launcher;
        this.plugins = plugins;
    }

    /** For who has a turn. */
    void run() {
        PluginDirectory directory = new PluginDirectory(
                options.pluginsDirectory(), launcher, options.folder().downgrades(), options.clock());
        plugins.add(directory.entries());
        directory.launchAll().forEach(this::publish);
        plugins.missing().forEach(this::recall);
        plugins.remember();
    }

    private void publish(Launched launched) {
        try {
            plugins.publish(launched);
        } catch (PluginLoadException e) {
            launched.entry().failed(e.reason());
        }
    }

    private void recall(LastGood.Item item) {
        PluginEntry entry = new PluginEntry(options.pluginsDirectory().resolve(item.file()), options.clock());
        plugins.add(List.of(entry));
        try {
            Optional<ResolvedPlugin> plugin = launcher.recall(entry, item);
            if (plugin.isPresent()) {
                entry.recalled(item.version());
                plugins.publish(launcher.launch(entry, plugin.get()));
                plugins.recalled(item);
            }
        } catch (PluginLoadException e) {
            entry.failed(e);
        }
    }
}
