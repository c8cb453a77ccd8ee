package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.engine.EmbeddedEngineOptions;
import io.aitbc.openclaw.engine.ollama.OllamaEngine;
import io.aitbc.openclaw.engine.ollama.OllamaEngineOptions;
import io.aitbc.openclaw.host.compatibility.Judge;
import io.aitbc.openclaw.host.compatibility.Surroundings;
import io.aitbc.openclaw.host.http.ApiServer;
import io.aitbc.openclaw.host.http.ApiServerOptions;
import io.aitbc.openclaw.host.http.Loading;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import io.aitbc.openclaw.host.plugins.ServiceStatus;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Local engines, a network, plugins and the API server, started in the order in which they need each other. */
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final String FIRST_MODEL = "wren-tiny:latest";

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
        Host host = open(config, true);
        host.plugins.work();
        if (config.pluginFolder().watch()) {
            host.plugins.watch();
        }
        return host;
    }

    /** As {@link #start}, but its plugins only answer: no background service runs and nothing leaves the outbox. */
    public static Host startIdle(HostConfig config) {
        return open(config, false);
    }

    /** @param asked whether somebody may soon ask it for an answer */
    private static Host open(HostConfig config, boolean asked) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return open(config, parts, asked);
        } catch (RuntimeException | Error e) {
            closeAll(parts);
            throw e;
        }
    }

    private static Host open(HostConfig config, Deque<AutoCloseable> parts, boolean asked) {
        config.slips().forEach(LOG::warn);
        requirePlugins(config);
        Ports.requireFree(config.host(), config.port());
        DataDirectory data = keep(parts, DataDirectory.lock(config.dataDirectory()));
        Surroundings surroundings = new Surroundings(Judge::shipped, config.compatibility(), InstantSource.system());
        boolean ownNetwork = config.network() instanceof NetworkTarget.Devnet;
        List<LocalEngine> engines = new ArrayList<>();
        config.ollama()
                .ifPresent(url ->
                        engines.add(keep(parts, OllamaEngine.connect(ollamaOptions(url, config, surroundings)))));
        Optional<EmbeddedEngine> embedded = Optional.empty();
        if (config.embeddedEngine() || ownNetwork) {
            // One engine serves the host and the devnet's miner: a second would hold the same weights once more.
            EmbeddedEngine opened = keep(
                    parts,
                    EmbeddedEngine.open(EmbeddedEngineOptions.in(data.folder().resolve("engine"))));
            embedded = Optional.of(opened);
            if (config.embeddedEngine()) {
                engines.add(opened);
            }
        }
        StartingExtensions extensions = new StartingExtensions(engines);
        Loading loading = new Loading(new EarlyAnswers(config, embedded));
        HostDescription description =
                new HostDescription(loading, surroundings, keep(parts, new ProofRegistry(data.folder())));
        if (asked && config.ollama().isEmpty() && config.embeddedEngine()) {
            embedded.ifPresent(Host::loadModel);
        }
        HostParts loaded = keep(parts, HostParts.of(config, data, engines, embedded.filter(_ -> ownNetwork)));
        try {
            ApiServer server = keep(parts, ApiServer.start(serverOptions(config), extensions, description));
            loaded.load();
            HostParts.Loaded all = loaded.await();
            extensions.loaded(all.plugins().extensions());
            description.loaded(all.plugins());
            loading.succeeded();
            URI url = HostAddress.url(config.host(), server.port());
            HostAddress _ = keep(
                    parts,
                    HostAddress.write(
                            data.folder(),
                            url,
                            description.identity().orElseThrow().instance()));
            return new Host(config, parts, engines, all.devnet(), all.plugins(), description, url);
        } catch (RuntimeException | Error e) {
            loading.failed();
            throw e;
        }
    }

    /** A first question is most often for this model; it is loaded while the port is opened, and unloaded when nobody asks. */
    private static void loadModel(EmbeddedEngine engine) {
        Thread.ofPlatform().daemon().name("host-model").start(() -> {
            try {
                engine.load(FIRST_MODEL, GenerationOptions.none(), Optional.empty());
            } catch (OpenClawException e) {
                LOG.atDebug().addKeyValue("code", e.code()).log("Who asks for the model is told: {}", e.getMessage());
            }
        });
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

    private static OllamaEngineOptions ollamaOptions(URI url, HostConfig config, Surroundings surroundings) {
        OllamaEngineOptions.Builder options = OllamaEngineOptions.builder(url);
        config.ollamaFirstByteTimeout().ifPresent(options::firstByteTimeout);
        config.ollamaIdleTimeout().ifPresent(options::idleTimeout);
        options.versionCheck(version -> surroundings
                .server("ollama", url.toString(), version)
                .map(reason -> reason + ", or set compatibility = warn"));
        return options.build();
    }

    private static ApiServerOptions serverOptions(HostConfig config) {
        ApiServerOptions options = ApiServerOptions.defaults()
                .withAddress(config.host(), config.port())
                .withProofRecords(config.proofRecords());
        return config.apiKey().map(key -> options.withApiKey(key.reveal())).orElse(options);
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
                        .log("A part did not close: {}", FailureReason.of(e));
            }
        }
    }
}
