package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes what comes, changes and goes in the plugins directory. Nobody waits for it: what fails stays in the list with its cause, and
 * nothing else changes.
 */
final class FolderIntake implements PluginWatcher.Plugins {
    private final InstantSource clock;
    private final PluginFolderOptions folder;
    private final Turns turns;
    private final PluginLauncher launcher;
    private final ActivePlugins plugins;
    private final Succession succession;

    FolderIntake(
            PluginHostOptions options,
            Turns turns,
            PluginLauncher launcher,
            ActivePlugins plugins,
            Succession succession) {
        this.clock = options.clock();
        this.folder = options.folder();
        this.turns = turns;
        this.launcher = launcher;
        this.plugins = plugins;
        this.succession = succession;
    }

    @Override
    public void arrived(Path file, String sha256) {
        take(file, sha256, () -> plugins.hasFailedToStart(file, sha256));
    }

    @Override
    public void again(Path file, String sha256) {
        take(file, sha256, () -> false);
    }

    @Override
    public List<Path> later() {
        return plugins.entries().stream()
                .filter(PluginEntry::mayWorkLater)
                .map(PluginEntry::source)
                .toList();
    }

    private void take(Path file, String sha256, BooleanSupplier inVain) {
        try (Turns.Turn _ = turns.take()) {
            if (!turns.over() && !inVain.getAsBoolean() && !isRunning(file, sha256)) {
                withdrawDisabled(file);
                PluginEntry entry = new PluginEntry(file, clock);
                plugins.add(entry);
                take(entry, sha256);
            }
        }
        succession.prune(); // the copy of what was refused under this name before
    }

    /** Whether exactly these bytes run already; if so under another name that is gone, this is their name now. */
    private boolean isRunning(Path file, String sha256) {
        for (Launched launched : plugins.all()) {
            PluginEntry entry = launched.entry();
            if (entry.status().sha256().equals(sha256)
                    && (entry.source().equals(file) || Files.notExists(entry.source()))
                    && !launcher.isListedAsDisabled(launched.generation().pluginId())) {
                plugins.forget(file);
                entry.liesIn(file);
                plugins.remember();
                return true;
            }
        }
        return false;
    }

    /** What runs of a file and is not to run any more. */
    private void withdrawDisabled(Path file) {
        for (Launched launched : plugins.all()) {
            if (launched.entry().source().equals(file)
                    && launcher.isListedAsDisabled(launched.generation().pluginId())) {
                succession.retireBehind(succession.withdraw(launched));
            }
        }
    }

    private void take(PluginEntry entry, String sha256) {
        try {
            Optional<ResolvedPlugin> plugin = launcher.resolve(entry, Optional.of(sha256), folder.downgrades());
            if (plugin.isPresent() && !turns.over()) {
                take(entry, plugin.get());
            }
        } catch (PluginLoadException e) {
            entry.failed(e);
        } catch (RuntimeException | Error e) {
            entry.failed("loading it failed unexpectedly: " + FailureText.full(e));
        }
    }

    private void take(PluginEntry entry, ResolvedPlugin plugin) throws PluginLoadException {
        Optional<Launched> old = plugins.find(plugin.manifest().id());
        if (old.isPresent()) {
            requireOtherVersion(entry, plugin.manifest(), old.get());
            succession.retireBehind(succession.exchange(old.get(), launcher.launch(entry, plugin)));
        } else {
            succession.introduce(launcher.launch(entry, plugin));
        }
    }

    private void requireOtherVersion(PluginEntry entry, PluginManifest manifest, Launched old)
            throws PluginLoadException {
        boolean otherFile = !old.entry().source().equals(entry.source())
                && Files.exists(old.entry().source());
        if (otherFile && launcher.compareVersions(manifest, old.manifest()) == 0) {
            throw new PluginLoadException("Plugin-Id '%s' is taken by %s in the same version"
                    .formatted(manifest.id(), old.entry().status().source()));
        }
    }

    @Override
    public boolean gone(Path file) {
        try (Turns.Turn _ = turns.take()) {
            if (turns.over()) {
                return false;
            }
            plugins.forget(file);
            Optional<Launched> found = plugins.all().stream()
                    .filter(launched -> launched.entry().source().equals(file))
                    .findFirst();
            if (found.isPresent() && !folder.keepDeleted()) {
                succession.retireBehind(succession.withdraw(found.get()));
                return true;
            }
            plugins.remember();
        }
        succession.prune(); // the copy of one that was refused
        return false;
    }
}
