package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.host.compatibility.CompatibilityPolicy;
import io.aitbc.openclaw.host.http.ProofRecords;
import io.aitbc.openclaw.host.outbox.OutboxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every setting of the host, checked. What stands on the command line wins over the environment, the environment over the
 * configuration file, the file over the defaults.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param dataDirectory keys, ledgers, plugin data; one host at a time
 * @param pluginsDirectory where plugin zips lie
 * @param pluginsRepository folder or URL where newer plugins are looked for
 * @param ollama a local Ollama to use
 * @param ollamaFirstByteTimeout silence of the Ollama that is a hang while its model is in memory; empty: the engine's default
 * @param ollamaIdleTimeout silence of the Ollama that is a hang within an answer; empty: the engine's default
 * @param embeddedEngine whether the host offers the models of its own engine
 * @param network the AITBC network to use
 * @param apiKey clients have to present it when it is set
 * @param outbox limits of what may wait to be delivered
 * @param pluginFolder how the files of the plugins directory are taken
 * @param proofRecords of which answers the proof chain gets a record
 * @param compatibility what becomes of servers whose version is known to be bad
 * @param plugins settings by plugin id
 * @param entries what was set, and where
 * @param slips environment variables that mean nothing and look like one that does, one sentence each
 */
public record HostConfig(
        String host,
        int port,
        Path dataDirectory,
        Path pluginsDirectory,
        Optional<String> pluginsRepository,
        Optional<URI> ollama,
        Optional<Duration> ollamaFirstByteTimeout,
        Optional<Duration> ollamaIdleTimeout,
        boolean embeddedEngine,
        NetworkTarget network,
        Optional<Secret> apiKey,
        OutboxOptions outbox,
        PluginFolderConfig pluginFolder,
        ProofRecords proofRecords,
        CompatibilityPolicy compatibility,
        Map<String, PluginConfig> plugins,
        List<ConfigEntry> entries,
        List<String> slips) {
    /** Port when none is set: beside Ollama's own 11434. */
    public static final int DEFAULT_PORT = 11435;

    public HostConfig {
        plugins = Map.copyOf(plugins);
        entries = List.copyOf(entries);
        slips = List.copyOf(slips);
    }

    /**
     * Reads and checks all settings.
     *
     * @param commandLine by key of the configuration file
     * @param environment variables of the process
     * @param file configuration file
     * @throws OpenClawException with {@link ErrorCode#INVALID_CONFIG} that names the key, the value and where it was set
     */
    public static HostConfig read(
            Map<String, String> commandLine, Map<String, String> environment, Optional<Path> file) {
        return HostConfigReader.read(commandLine, environment, file);
    }

    /** The settings of a plugin; empty when it has none. */
    public PluginConfig plugin(String pluginId) {
        PluginConfig config = plugins.get(pluginId);
        return config == null ? PluginConfig.empty("plugins." + pluginId) : config;
    }

    /**
     * Plugins that have settings and are not there: most often a misspelt id.
     *
     * @param installed ids of the plugins that are
     */
    public Set<String> pluginsWithoutFile(Set<String> installed) {
        Set<String> ids = new TreeSet<>(plugins.keySet());
        ids.removeAll(installed);
        return ids;
    }

    /** Without the values of the plugins, which may hold keys. */
    @Override
    public String toString() {
        return "HostConfig[%s:%d, data=%s, plugins=%s, %s]"
                .formatted(host, port, dataDirectory, pluginsDirectory, entries);
    }
}
