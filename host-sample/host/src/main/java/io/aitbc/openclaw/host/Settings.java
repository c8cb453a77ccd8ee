package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of all sources under their keys; the strongest source wins. Knows names, not meanings. */
final class Settings {
    static final String PLUGIN_PREFIX = "plugins.";

    private static final long LARGEST_FILE_BYTES = 1 << 20;
    private static final String ENVIRONMENT_PREFIX = "OPENCLAW_";
    private static final String PLUGIN_ENVIRONMENT_PREFIX = "OPENCLAW_PLUGINS_";
    private static final Pattern PLUGIN_KEY = Pattern.compile("plugins\\.([a-z][a-z0-9-]*)\\.([a-z][a-z0-9.-]*)");

    /** Plugins whose settings may come from the environment even when the file does not name them. */
    private static final Set<String> SHIPPED_PLUGINS = Set.of("aitbc-provider", "skill-router", "marketplace", "zk");

    /** Names that AITBC's own tools use. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "AITBC_COORDINATOR_URL", "aitbc",
            "AITBC_MARKETPLACE_URL", "plugins.aitbc-provider.marketplace-url",
            "AITBC_WALLET_KEY", "plugins.aitbc-provider.wallet-key",
            "AITBC_WALLET_KEY_FILE", "plugins.aitbc-provider.wallet-key-file");

    private final Map<String, ConfigEntry> entries = new TreeMap<>();
    private final List<String> slips = new ArrayList<>();
    private final Set<String> keys;

    private Settings(Set<String> keys) {
        this.keys = keys;
    }

    /** @param keys all keys besides those of plugins */
    static Settings merge(
            Set<String> keys, Map<String, String> commandLine, Map<String, String> environment, Optional<Path> file) {
        Settings settings = new Settings(keys);
        file.ifPresent(settings::addFile);
        settings.addEnvironment(environment);
        settings.addCommandLine(commandLine);
        return settings;
    }

    Optional<ConfigEntry> entry(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> !entry.text().isBlank());
    }

    Collection<ConfigEntry> all() {
        return entries.values();
    }

    /** Keys and values by plugin id. */
    Map<String, Map<String, String>> byPlugin() {
        Map<String, Map<String, String>> plugins = new TreeMap<>();
        for (ConfigEntry entry : entries.values()) {
            var matcher = PLUGIN_KEY.matcher(entry.key());
            if (matcher.matches()) {
                plugins.computeIfAbsent(matcher.group(1), id -> new TreeMap<>())
                        .put(matcher.group(2), entry.text().strip());
            }
        }
        return plugins;
    }

    private void addFile(Path file) {
        Properties properties = new Properties();
        try {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                throw invalid("The configuration file %s is larger than 1 MiB".formatted(file), null);
            }
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("The configuration file %s cannot be read: %s".formatted(file, reason(e)), e);
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            add(new ConfigEntry(key, properties.getProperty(key), "file " + file));
        }
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case NoSuchFileException absent -> "there is no such file";
            case AccessDeniedException denied -> "its permissions do not allow it";
            case CharacterCodingException other -> "it is not UTF-8 text";
            default -> String.valueOf(failure.getMessage());
        };
    }

    private void addEnvironment(Map<String, String> environment) {
        // Our own spelling wins over the names of other tools.
        for (String name : new TreeSet<>(OTHER_NAMES.keySet())) {
            addVariable(name, OTHER_NAMES.get(name), environment.get(name));
        }
        for (String key : keys) {
            String name = ENVIRONMENT_PREFIX + environmentSpelling(key);
            addVariable(name, key, environment.get(name));
        }
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (name.startsWith(PLUGIN_ENVIRONMENT_PREFIX) && !isOwnVariable(name)) {
                addVariable(name, pluginKey(name), variable.getValue());
            } else if (name.startsWith(ENVIRONMENT_PREFIX)) {
                noteSlip(name);
            }
        }
    }

    /** Not an error: the name may be that of another program. */
    private void noteSlip(String name) {
        Set<String> known =
                keys.stream().map(Settings::environmentSpelling).collect(Collectors.toCollection(TreeSet::new));
        Variables.meant(name.substring(ENVIRONMENT_PREFIX.length()), known)
                .ifPresent(meant -> slips.add("The environment variable %s means nothing; did you mean %s?"
                        .formatted(name, ENVIRONMENT_PREFIX + meant)));
    }

    /** Names of variables that mean nothing and look like one that does, one sentence each. */
    List<String> slips() {
        return List.copyOf(slips);
    }

    private boolean isOwnVariable(String name) {
        return keys.stream().anyMatch(key -> name.equals(ENVIRONMENT_PREFIX + environmentSpelling(key)));
    }

    private void addVariable(String name, @Nullable String key, @Nullable String value) {
        if (key != null && value != null && !value.isBlank()) {
            add(new ConfigEntry(key, value, "environment " + name));
        }
    }

    private void addCommandLine(Map<String, String> commandLine) {
        commandLine.forEach((key, value) -> {
            if (ConfigEntry.isSecret(key)) {
                throw invalid(
                        "%s is a secret: set it in the configuration file or as environment variable, not on the command line, where other users can read it"
                                .formatted(key),
                        null);
            }
            add(new ConfigEntry(key, value, "command line"));
        });
    }

    private void add(ConfigEntry entry) {
        if (!keys.contains(entry.key()) && !PLUGIN_KEY.matcher(entry.key()).matches()) {
            throw invalid(
                    "Unknown setting '%s' (%s); known are %s and plugins.<id>.<key>"
                            .formatted(entry.key(), entry.source(), String.join(", ", new TreeSet<>(keys))),
                    null);
        }
        entries.put(entry.key(), entry);
    }

    private String pluginKey(String variable) {
        String rest = variable.substring(PLUGIN_ENVIRONMENT_PREFIX.length());
        List<String> ids = new ArrayList<>(SHIPPED_PLUGINS);
        ids.addAll(byPlugin().keySet());
        ids.sort(Comparator.comparingInt(String::length).reversed());
        for (String id : ids) {
            String start = environmentSpelling(id) + "_";
            if (rest.startsWith(start) && rest.length() > start.length()) {
                String key =
                        rest.substring(start.length()).toLowerCase(Locale.ROOT).replace('_', '-');
                return PLUGIN_PREFIX + id + "." + key;
            }
        }
        throw invalid(
                "The environment variable %s names no plugin; write OPENCLAW_PLUGINS_<ID>_<KEY> with one of %s, or use the configuration file"
                        .formatted(variable, new TreeSet<>(ids)),
                null);
    }

    private static String environmentSpelling(String key) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    static OpenClawException invalid(String message, @Nullable Throwable cause) {
        return new OpenClawException(ErrorCode.INVALID_CONFIG, message, cause);
    }
}
