package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.engine.EmbeddedEngineOptions;
import io.aitbc.openclaw.engine.ollama.OllamaEngine;
import io.aitbc.openclaw.engine.ollama.OllamaEngineOptions;
import io.aitbc.openclaw.host.http.ApiServer;
import io.aitbc.openclaw.host.http.ApiServerOptions;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginHostOptions;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import io.aitbc.openclaw.host.plugins.ServiceStatus;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Local engines, a network, plugins and the API server, started in the order in which they need each other. */
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    private final HostConfig config;
    private final Deque<AutoCloseable> parts;
    private final List<LocalEngine> engines;
    private final Optional<Devnet> devnet;
    private final PluginHost plugins;
    private final HostDescription description;
    private final URI url;

    private Host(
            HostConfig config,
            Deque<AutoCloseable> parts,
            List<LocalEngine> engines,
            Optional<Devnet> devnet,
            PluginHost plugins,
            HostDescription description,
            URI url) {
        this.config = config;
        this.parts = parts;
        this.engines = engines;
        this.devnet = devnet;
        this.plugins = plugins;
        this.description = description;
        this.url = url;
    }

    /**
     * Starts a host; it answers when this returns, and its plugins begin to work on their own.
     *
     * @throws OpenClawException when a part cannot start; what had been started is closed again
     */
    public static Host start(HostConfig config) {
        Host host = startIdle(config);
        host.plugins.work();
        if (config.pluginFolder().watch()) {
            host.plugins.watch();
        }
        return host;
    }

    /** As {@link #start}, but its plugins only answer: no background service runs and nothing leaves the outbox. */
    public static Host startIdle(HostConfig config) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(config, parts);
        } catch (RuntimeException | Error e) {
            closeAll(parts);
            throw e;
        }
    }

    private static Host start(HostConfig config, Deque<AutoCloseable> parts) {
        requirePlugins(config);
        Ports.requireFree(config.host(), config.port());
        DataDirectory data = keep(parts, DataDirectory.lock(config.dataDirectory()));
        boolean ownNetwork = config.network() instanceof NetworkTarget.Devnet;
        List<LocalEngine> engines = new ArrayList<>();
        config.ollama().ifPresent(url -> engines.add(keep(parts, OllamaEngine.connect(ollamaOptions(url, config)))));
        Optional<Devnet> devnet = Optional.empty();
        if (config.embeddedEngine() || ownNetwork) {
            // One engine serves the host and the devnet's miner: a second would hold the same weights once more.
            EmbeddedEngine embedded = keep(
                    parts,
                    EmbeddedEngine.open(EmbeddedEngineOptions.in(data.folder().resolve("engine"))));
            if (config.embeddedEngine()) {
                engines.add(embedded);
            }
            if (ownNetwork) {
                devnet = Optional.of(keep(parts, Devnet.start(DevnetOptions.defaults(), embedded)));
            }
        }
        PluginHost plugins = keep(parts, PluginHost.start(pluginOptions(config, data, devnet), engines));
        config.pluginsWithoutFile(
                        plugins.plugins().stream().map(PluginStatus::id).collect(Collectors.toSet()))
                .forEach(id -> LOG.atWarn()
                        .addKeyValue("plugin", id)
                        .addKeyValue("directory", config.pluginsDirectory())
                        .log("Settings of a plugin that is not installed have no effect"));
        HostDescription description = new HostDescription(plugins, keep(parts, new ProofRegistry(data.folder())));
        ApiServer server = keep(parts, ApiServer.start(serverOptions(config), plugins.extensions(), description));
        URI url = url(config.host(), server.port());
        HostAddress _ = keep(parts, HostAddress.write(data.folder(), url));
        return new Host(config, parts, engines, devnet, plugins, description, url);
    }

    /** The default folder may be missing, one that somebody chose may not. */
    private static void requirePlugins(HostConfig config) {
        Optional<ConfigEntry> chosen = config.entries().stream()
                .filter(entry -> entry.key().equals("plugins-directory"))
                .findFirst();
        if (chosen.isPresent() && !Files.isDirectory(config.pluginsDirectory())) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "There is no plugins directory %s (%s); point --plugins at the plugins folder of the installation, or leave it out"
                            .formatted(config.pluginsDirectory(), chosen.get().source()));
        }
    }

    private static OllamaEngineOptions ollamaOptions(URI url, HostConfig config) {
        OllamaEngineOptions.Builder options = OllamaEngineOptions.builder(url);
        config.ollamaFirstByteTimeout().ifPresent(options::firstByteTimeout);
        config.ollamaIdleTimeout().ifPresent(options::idleTimeout);
        return options.build();
    }

    private static URI url(String host, int port) {
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + authority + ":" + port);
    }

    private static ApiServerOptions serverOptions(HostConfig config) {
        ApiServerOptions options = ApiServerOptions.defaults()
                .withAddress(config.host(), config.port())
                .withProofRecords(config.proofRecords());
        return config.apiKey().map(key -> options.withApiKey(key.reveal())).orElse(options);
    }

    private static PluginHostOptions pluginOptions(HostConfig config, DataDirectory data, Optional<Devnet> devnet) {
        return PluginHostOptions.of(config.pluginsDirectory(), data.folder())
                .withConfig(PluginSettings.of(config, data.folder(), devnet))
                .withOutbox(config.outbox())
                .withLimits(
                        PluginHostOptions.DEFAULT_START_LIMIT,
                        config.pluginFolder().drainLimit())
                .withFolder(config.pluginFolder().options(data.folder()));
    }

    private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        LOG.atDebug().addKeyValue("part", part.getClass().getSimpleName()).log("Started");
        return part;
    }

    /** Where clients connect to. */
    public URI url() {
        return url;
    }

    public HostConfig config() {
        return config;
    }

    /** What is loaded now. */
    public Extensions extensions() {
        return plugins.extensions();
    }

    public List<PluginStatus> plugins() {
        return plugins.plugins();
    }

    /** One row for each plugin, as the API shows it. */
    public List<Map<String, Object>> pluginRows() {
        return description.plugins();
    }

    /** One row for each plugin that was unloaded lately or is still in memory, as the API shows it. */
    public List<Map<String, Object>> unloadedRows() {
        return description.unloaded();
    }

    /** How the background services of plugins fare. */
    public List<ServiceStatus> services() {
        return plugins.services();
    }

    /** Where plugins leave what must not be lost. */
    public HostOutbox outbox() {
        return plugins.outbox();
    }

    /** The host's own engines, in the order in which they are asked. */
    public List<LocalEngine> engines() {
        return List.copyOf(engines);
    }

    /** The network of its own, when it runs one. */
    public Optional<Devnet> devnet() {
        return devnet;
    }

    /** Stops taking requests, lets running ones end for a while, and closes all parts. More than once does nothing. */
    @Override
    public void close() {
        closeAll(parts);
    }

    private static synchronized void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.atWarn()
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .addKeyValue("code", e instanceof OpenClawException known ? known.code() : ErrorCode.INTERNAL)
                        .log("A part did not close: {}", e.getMessage());
            }
        }
    }
}
