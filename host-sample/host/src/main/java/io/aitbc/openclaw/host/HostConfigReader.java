package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.Durations;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.host.compatibility.CompatibilityPolicy;
import io.aitbc.openclaw.host.http.ProofRecords;
import io.aitbc.openclaw.host.outbox.OutboxOptions;
import io.aitbc.openclaw.host.plugins.PluginFolderOptions;
import io.aitbc.openclaw.host.plugins.PluginHostOptions;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Gives the settings their meaning. */
final class HostConfigReader {
    private static final Set<String> KEYS = Set.of(
            "host",
            "port",
            "data-directory",
            "plugins-directory",
            "plugins-repository",
            "ollama",
            "ollama-first-byte-timeout",
            "ollama-idle-timeout",
            "embedded-engine",
            "aitbc",
            "api-key",
            "api-key-file",
            "plugins-watch",
            "plugins-rescan",
            "plugins-drain-limit",
            "plugins-signatures",
            "plugins-downgrade",
            "plugins-keep-deleted",
            "outbox-messages",
            "outbox-megabytes",
            "proof-chain",
            "compatibility",
            "log-level");
    private static final String COORDINATOR_KEY = "plugins.aitbc-provider.coordinator-url";
    private static final int LONGEST_KEY = 4096;
    /** Each takes some memory while it waits. */
    private static final int MOST_OUTBOX_MESSAGES = 1_000_000;

    private static final int MOST_OUTBOX_MEGABYTES = 100_000;

    private final Settings settings;
    private final Map<String, String> environment;

    private HostConfigReader(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    static HostConfig read(Map<String, String> commandLine, Map<String, String> environment, Optional<Path> file) {
        Settings settings = Settings.merge(KEYS, commandLine, environment, file);
        return new HostConfigReader(settings, environment).read();
    }

    private HostConfig read() {
        Optional<URI> ollama = settings.entry("ollama").flatMap(HostConfigReader::ollama);
        return new HostConfig(
                settings.entry("host").map(entry -> entry.text().strip()).orElse("127.0.0.1"),
                settings.entry("port").map(HostConfigReader::port).orElse(HostConfig.DEFAULT_PORT),
                settings.entry("data-directory").map(this::path).orElseGet(this::defaultDataDirectory),
                settings.entry("plugins-directory").map(this::path).orElseGet(this::defaultPluginsDirectory),
                settings.entry("plugins-repository").map(this::repository),
                ollama,
                settings.entry("ollama-first-byte-timeout").map(HostConfigReader::duration),
                settings.entry("ollama-idle-timeout").map(HostConfigReader::duration),
                settings.entry("embedded-engine").map(HostConfigReader::flag).orElse(ollama.isEmpty()),
                network(),
                apiKey(),
                outbox(),
                pluginFolder(),
                settings.entry("proof-chain")
                        .map(HostConfigReader::proofRecords)
                        .orElse(ProofRecords.NETWORK),
                settings.entry("compatibility")
                        .map(HostConfigReader::compatibility)
                        .orElse(CompatibilityPolicy.WARN),
                plugins(),
                List.copyOf(settings.all()),
                settings.slips());
    }

    private static int port(ConfigEntry entry) {
        try {
            int port = Integer.parseInt(entry.text().strip());
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw wrong(entry, "a whole number from 0 to 65535");
        }
        throw wrong(entry, "a whole number from 0 to 65535");
    }

    private static boolean flag(ConfigEntry entry) {
        return switch (entry.text().strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(entry, "true or false");
        };
    }

    private static Duration duration(ConfigEntry entry) {
        try {
            Duration duration = Durations.parse(entry.text().strip());
            if (duration.isPositive()) {
                return duration;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(entry, "a duration such as 30s or 5m");
        }
        throw wrong(entry, "a duration such as 30s or 5m");
    }

    private static Optional<URI> ollama(ConfigEntry entry) {
        return entry.text().strip().equals("embedded")
                ? Optional.empty()
                : Optional.of(url(entry, "embedded or a URL such as http://127.0.0.1:11434"));
    }

    /** The coordinator may be named as the host's network or in the plugin's settings; two different ones are a mistake. */
    private NetworkTarget network() {
        Optional<ConfigEntry> chosen = settings.entry("aitbc");
        Optional<ConfigEntry> ofPlugin = settings.entry(COORDINATOR_KEY);
        NetworkTarget target =
                chosen.or(() -> ofPlugin).map(HostConfigReader::network).orElse(new NetworkTarget.Devnet());
        boolean differ = ofPlugin.isPresent()
                && !(target instanceof NetworkTarget.Off)
                && !target.equals(network(ofPlugin.get()));
        if (differ) {
            throw Settings.invalid(
                    "aitbc (%s) and %s (%s) name different networks: keep one"
                            .formatted(
                                    chosen.map(ConfigEntry::source).orElse("default"),
                                    COORDINATOR_KEY,
                                    ofPlugin.get().source()),
                    null);
        }
        return target;
    }

    private static NetworkTarget network(ConfigEntry entry) {
        return switch (entry.text().strip()) {
            case "devnet" -> new NetworkTarget.Devnet();
            case "off" -> new NetworkTarget.Off();
            default -> new NetworkTarget.Coordinator(url(entry, "devnet, off or a URL such as http://127.0.0.1:8203"));
        };
    }

    private static URI url(ConfigEntry entry, String wanted) {
        try {
            URI url = new URI(entry.text().strip());
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw wrong(entry, wanted);
        }
        throw wrong(entry, wanted);
    }

    private String repository(ConfigEntry entry) {
        return entry.text().contains("://")
                ? url(entry, "a folder or a URL such as https://plugins.example/stable")
                        .toString()
                : path(entry).toString();
    }

    private Path path(ConfigEntry entry) {
        String text = entry.text().strip();
        try {
            if (text.equals("~") || text.startsWith("~/")) {
                return home().resolve(text.length() < 3 ? "" : text.substring(2));
            }
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw wrong(entry, "a path");
        }
    }

    private Path defaultDataDirectory() {
        String dataHome = environment.get("XDG_DATA_HOME");
        Path base = dataHome == null || !dataHome.startsWith("/")
                ? home().resolve(".local").resolve("share")
                : Path.of(dataHome);
        return base.resolve("openclaw-aitbc");
    }

    /** Beside the installation, or in the current folder when there is none. */
    private Path defaultPluginsDirectory() {
        return Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath().resolve("plugins");
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    private Optional<Secret> apiKey() {
        Optional<ConfigEntry> key = settings.entry("api-key");
        Optional<ConfigEntry> file = settings.entry("api-key-file");
        if (key.isPresent() && file.isPresent()) {
            throw Settings.invalid(
                    "api-key (%s) and api-key-file (%s) are both set: keep one"
                            .formatted(key.get().source(), file.get().source()),
                    null);
        }
        return key.map(entry -> new Secret(entry.text().strip())).or(() -> file.map(this::keyFile));
    }

    private Secret keyFile(ConfigEntry entry) {
        Path file = path(entry);
        try {
            if (Files.size(file) > LONGEST_KEY) {
                throw wrong(entry, "a file of at most " + LONGEST_KEY + " bytes");
            }
            String key = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (key.isEmpty() || key.lines().count() != 1) {
                throw wrong(entry, "a file with the key on one line");
            }
            return new Secret(key);
        } catch (IOException e) {
            throw wrong(entry, "a file that can be read");
        }
    }

    private OutboxOptions outbox() {
        OutboxOptions defaults = OutboxOptions.defaults();
        int messages = settings.entry("outbox-messages")
                .map(entry -> positive(entry, MOST_OUTBOX_MESSAGES))
                .orElse(defaults.mostMessages());
        long bytes = settings.entry("outbox-megabytes")
                .map(entry -> (long) positive(entry, MOST_OUTBOX_MEGABYTES) << 20)
                .orElse(defaults.mostBytes());
        return defaults.withRoom(messages, bytes);
    }

    private static ProofRecords proofRecords(ConfigEntry entry) {
        return switch (entry.text().strip()) {
            case "network" -> ProofRecords.NETWORK;
            case "all" -> ProofRecords.ALL;
            case "off" -> ProofRecords.OFF;
            default -> throw wrong(entry, "network, all or off");
        };
    }

    private static CompatibilityPolicy compatibility(ConfigEntry entry) {
        return switch (entry.text().strip()) {
            case "warn" -> CompatibilityPolicy.WARN;
            case "require" -> CompatibilityPolicy.REQUIRE;
            default ->
                throw wrong(
                        entry,
                        "warn or require (no Ollama and no AITBC coordinator that is too old; OpenClaw tells no version"
                                + " when it calls, so it is never refused)");
        };
    }

    private static int positive(ConfigEntry entry, int most) {
        String wanted = "a whole number from 1 to " + most;
        try {
            int number = Integer.parseInt(entry.text().strip());
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(entry, wanted);
        }
        throw wrong(entry, wanted);
    }

    private PluginFolderConfig pluginFolder() {
        return new PluginFolderConfig(
                flag("plugins-watch", true),
                settings.entry("plugins-rescan")
                        .map(HostConfigReader::duration)
                        .orElse(PluginFolderOptions.DEFAULT_RESCAN),
                settings.entry("plugins-drain-limit")
                        .map(HostConfigReader::duration)
                        .orElse(PluginHostOptions.DEFAULT_DRAIN_LIMIT),
                settings.entry("plugins-signatures")
                        .map(HostConfigReader::policy)
                        .orElse(SignaturePolicy.REQUIRE),
                flag("plugins-downgrade", false),
                flag("plugins-keep-deleted", false),
                Optional.ofNullable(System.getProperty("openclaw.home")).map(Path::of));
    }

    private boolean flag(String key, boolean otherwise) {
        return settings.entry(key).map(HostConfigReader::flag).orElse(otherwise);
    }

    private static SignaturePolicy policy(ConfigEntry entry) {
        return switch (entry.text().strip()) {
            case "require" -> SignaturePolicy.REQUIRE;
            case "warn" -> SignaturePolicy.WARN;
            case "off" -> SignaturePolicy.OFF;
            default -> throw wrong(entry, "require, warn or off");
        };
    }

    private Map<String, PluginConfig> plugins() {
        Map<String, PluginConfig> plugins = new TreeMap<>();
        settings.byPlugin()
                .forEach((id, values) -> plugins.put(id, new PluginConfig(Settings.PLUGIN_PREFIX + id, values)));
        return plugins;
    }

    private static OpenClawException wrong(ConfigEntry entry, String wanted) {
        return Settings.invalid(
                "%s must be %s, not '%s' (%s)".formatted(entry.key(), wanted, entry.shown(), entry.source()), null);
    }
}
