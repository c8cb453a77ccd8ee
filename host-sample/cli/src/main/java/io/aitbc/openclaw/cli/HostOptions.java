package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.HostConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that set up a host; what is not given comes from the environment, the configuration file or the defaults. */
final class HostOptions {
    /** What stands for a setting, in {@link #plain} options. */
    private static final Map<String, String> PLAIN = Map.of(
            "--port", "port",
            "--host", "host",
            "--data", "data-directory",
            "--plugins", "plugins-directory",
            "--ollama", "ollama",
            "--aitbc", "aitbc",
            "--api-key-file", "api-key-file",
            "--log-level", "log-level");

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on; 0 picks a free one (default: 11435).")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--data", paramLabel = "DIR", description = "Keys, ledgers and plugin data.")
    private @Nullable String data;

    @Option(names = "--plugins", paramLabel = "DIR", description = "Where plugin zips lie.")
    private @Nullable String plugins;

    @Option(names = "--ollama", paramLabel = "URL|embedded", description = "Local engine (default: embedded).")
    private @Nullable String ollama;

    @Option(names = "--aitbc", paramLabel = "URL|devnet|off", description = "AITBC network (default: devnet).")
    private @Nullable String aitbc;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "Key that clients have to present; needed to listen beyond this machine.")
    private @Nullable String apiKeyFile;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any other setting of the configuration file.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file.")
    private @Nullable Path config;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "error, warn, info, debug or trace (default: warn).")
    private @Nullable String logLevel;

    /**
     * Options written out one after the other, {@code --port 0 --aitbc off}, as scripts and services write them.
     *
     * @return empty for anything that takes more to be read
     */
    static Optional<HostOptions> plain(List<String> arguments) {
        HostOptions options = new HostOptions();
        for (int i = 0; i < arguments.size(); i += 2) {
            boolean pair = i + 1 < arguments.size() && isPlain(arguments.get(i + 1));
            if (!pair || !options.take(arguments.get(i), arguments.get(i + 1))) {
                return Optional.empty();
            }
        }
        return Optional.of(options);
    }

    private static boolean isPlain(String value) {
        return !value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0;
    }

    /** False for an option that is unknown or was given before. */
    private boolean take(String name, String value) {
        if (name.equals("--set")) {
            int equals = value.indexOf('=');
            return equals > 0 && settings.put(value.substring(0, equals), value.substring(equals + 1)) == null;
        }
        String key = PLAIN.get(name);
        return key != null && settings.put(key, value) == null;
    }

    /** What was given, for comparison. */
    Map<String, String> given() {
        return commandLine();
    }

    /** The checked settings; also sets the log level. */
    HostConfig read(Map<String, String> environment) {
        return read(environment, Map.of());
    }

    /** @param fixed settings of the command itself, which win over everything */
    HostConfig read(Map<String, String> environment, Map<String, String> fixed) {
        Map<String, String> commandLine = commandLine();
        commandLine.putAll(fixed);
        HostConfig read;
        try {
            read = HostConfig.read(commandLine, environment, file(environment));
        } catch (OpenClawException e) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, String.valueOf(e.getMessage()));
        }
        read.entries().stream().filter(entry -> entry.key().equals("log-level")).forEach(entry -> {
            if (!LoggingSetup.level(entry.text())) {
                throw new CommandFailure(
                        ExitCode.WRONG_USAGE,
                        "log-level must be error, warn, info, debug or trace, not '%s' (%s)"
                                .formatted(entry.text(), entry.source()));
            }
        });
        return read;
    }

    /** The first file that exists of those looked for; a file that is asked for has to exist. */
    Optional<Path> file(Map<String, String> environment) {
        if (config != null) {
            return Optional.of(config);
        }
        String variable = environment.getOrDefault("OPENCLAW_CONFIG", "");
        if (!variable.isBlank()) {
            return Optional.of(Path.of(variable));
        }
        String configHome = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path home =
                configHome.startsWith("/") ? Path.of(configHome) : Path.of(System.getProperty("user.home"), ".config");
        List<Path> places = List.of(
                home.resolve("openclaw-aitbc").resolve("openclaw-aitbc.properties"),
                Path.of(System.getProperty("openclaw.home", "."), "config", "openclaw-aitbc.properties"));
        return places.stream().filter(Files::isRegularFile).findFirst();
    }

    private Map<String, String> commandLine() {
        Map<String, String> values = new LinkedHashMap<>(settings);
        put(values, "port", port);
        put(values, "host", host);
        put(values, "data-directory", data);
        put(values, "plugins-directory", plugins);
        put(values, "ollama", ollama);
        put(values, "aitbc", aitbc);
        put(values, "api-key-file", apiKeyFile);
        put(values, "log-level", logLevel);
        return values;
    }

    private static void put(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
