package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which plugins of a directory are not to be loaded, by the two files that PF4J knows: one id a line, lines with # are comments.
 * They are read each time somebody asks; of one that cannot be read, what it said before counts.
 */
final class PluginLists {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLists.class);
    private static final long LONGEST = 1 << 20;

    private final Path enabledFile;
    private final Path disabledFile;
    private Set<String> enabled = Set.of();
    private Set<String> disabled = Set.of();

    PluginLists(Path pluginsDirectory) {
        enabledFile = pluginsDirectory.resolve("enabled.txt");
        disabledFile = pluginsDirectory.resolve("disabled.txt");
    }

    static List<Path> filesIn(Path pluginsDirectory) {
        PluginLists lists = new PluginLists(pluginsDirectory);
        return List.of(lists.enabledFile, lists.disabledFile);
    }

    /** An empty or missing list of enabled ones disables none. */
    synchronized boolean disables(String pluginId) {
        enabled = read(enabledFile).orElse(enabled);
        disabled = read(disabledFile).orElse(disabled);
        return disabled.contains(pluginId) || (!enabled.isEmpty() && !enabled.contains(pluginId));
    }

    private static Optional<Set<String>> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.of(Set.of());
            }
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new IOException("is no file of at most %d bytes".formatted(LONGEST));
            }
            return Optional.of(Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .log("which plugins are disabled cannot be read: {}", FailureReason.of(e));
            return Optional.empty();
        }
    }
}
