package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import io.aitbc.openclaw.host.plugins.Retirement.Retired;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Replaces a plugin because somebody asks for it, who is told how it went. */
final class Replacement {
    private final InstantSource clock;
    private final Turns turns;
    private final PluginLauncher launcher;
    private final ActivePlugins plugins;
    private final Succession succession;

    Replacement(
            InstantSource clock, Turns turns, PluginLauncher launcher, ActivePlugins plugins, Succession succession) {
        this.clock = clock;
        this.turns = turns;
        this.launcher = launcher;
        this.plugins = plugins;
        this.succession = succession;
    }

    /** @see PluginHost#replace */
    PluginStatus replace(String pluginId, Path source) {
        return replace(pluginId, source, Optional.empty(), true);
    }

    private PluginStatus replace(String pluginId, Path source, Optional<String> sha256, boolean back) {
        PluginEntry entry = new PluginEntry(source, clock);
        Retired retired;
        try (Turns.Turn _ = turns.take()) {
            if (sha256.isPresent()) {
                plugins.add(entry); // so that who watches the folder need not try it again
            }
            retired = replaced(pluginId, entry, sha256, back);
            plugins.forgetFailures(source);
        } catch (PluginLoadException e) {
            entry.failed(e);
            succession.prune(); // its copy
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "Plugin '" + pluginId + "' was not replaced by " + source.getFileName() + ": " + e.reason());
        } catch (RuntimeException | Error e) {
            entry.failed("loading it failed unexpectedly: " + FailureText.full(e));
            throw e;
        }
        succession.retire(retired);
        return entry.status();
    }

    private Retired replaced(String pluginId, PluginEntry entry, Optional<String> sha256, boolean back)
            throws PluginLoadException {
        Launched old = (turns.over() ? Optional.<Launched>empty() : plugins.find(pluginId))
                .orElseThrow(() -> new PluginLoadException("no plugin of this id is active"));
        ResolvedPlugin plugin =
                launcher.resolve(entry, sha256, back).orElseThrow(() -> new PluginLoadException("its id is disabled"));
        if (!plugin.manifest().id().equals(pluginId)) {
            throw new PluginLoadException(
                    "its Plugin-Id is '" + plugin.manifest().id() + "'");
        }
        return succession.exchange(old, launcher.launch(entry, plugin));
    }

    /** @see PluginHost#reload */
    PluginStatus reload(String pluginId, boolean back) {
        PluginEntry current;
        String sha256;
        try (Turns.Turn _ = turns.take()) {
            current = plugins.find(pluginId)
                    .map(Launched::entry)
                    .orElseThrow(() -> notReloaded(pluginId, "it is not active"));
            sha256 = Sha256.of(current.source(), ArchiveLimits.DEFAULT.sourceBytes());
        } catch (IOException e) {
            throw notReloaded(pluginId, "its file cannot be read: " + FailureText.full(e));
        }
        return sha256.equals(current.status().sha256())
                ? current.status()
                : replace(pluginId, current.source(), Optional.of(sha256), back);
    }

    private static OpenClawException notReloaded(String pluginId, String why) {
        return new OpenClawException(
                ErrorCode.INVALID_REQUEST, "Plugin '%s' was not reloaded: %s".formatted(pluginId, why));
    }
}
