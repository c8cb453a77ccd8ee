package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.host.files.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that worked last, on disk: what a host starts with where a file has become unusable since. Of those whose files are
 * gone the version alone, so that no lower one comes after them unnoticed.
 */
final class LastGood {
    /**
     * A version that was active.
     *
     * @param key that signed it
     * @param file its name in the plugins directory
     */
    record Item(String id, String version, String sha256, Optional<String> key, String file) {
        /** Where it came from, for people. */
        String described() {
            return "%s, SHA-256 %s, %s"
                    .formatted(
                            file, sha256, key.map("signed with %s"::formatted).orElse("unsigned"));
        }

        private String line() {
            return String.join(" ", sha256, id, version, key.orElse("-"), file);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
    private static final int LARGEST = 1 << 20;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) ([a-z0-9-]+) (\\S+) (\\S+) ([^\\p{Cntrl}]+)");

    private static final Pattern GONE_LINE = Pattern.compile("gone ([a-z0-9-]+) (\\S+)");

    private final Path file;
    private final Map<String, Item> items = new TreeMap<>();
    private final Map<String, String> gone = new TreeMap<>();

    private LastGood(Path file) {
        this.file = file;
    }

    /** Empty when there is no file; a line that is none is left out. */
    static LastGood in(Path dataDirectory) {
        Path file = dataDirectory.resolve("last-good-plugins");
        LastGood last = new LastGood(file);
        if (!Files.isRegularFile(file)) {
            return last;
        }
        try {
            if (Files.size(file) <= LARGEST) {
                for (String line : Files.readString(file).lines().toList()) {
                    last.add(line);
                }
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", file).log("what worked last cannot be read: {}", FailureReason.of(e));
        }
        return last;
    }

    private void add(String line) {
        Matcher old = GONE_LINE.matcher(line);
        if (old.matches()) {
            gone.put(old.group(1), old.group(2));
            return;
        }
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
            Optional<String> key = Optional.of(matcher.group(4)).filter(it -> !it.equals("-"));
            Item item = new Item(matcher.group(2), matcher.group(3), matcher.group(1), key, matcher.group(5));
            items.put(item.id(), item);
        }
    }

    synchronized Optional<Item> of(String pluginId) {
        return Optional.ofNullable(items.get(pluginId));
    }

    /** Of the plugin when it worked last, whether or not its file is still there. */
    synchronized Optional<String> version(String pluginId) {
        return of(pluginId).map(Item::version).or(() -> Optional.ofNullable(gone.get(pluginId)));
    }

    synchronized List<Item> items() {
        return List.copyOf(items.values());
    }

    /**
     * From now on these worked last.
     *
     * @return in what they differ from those that did before
     */
    synchronized List<PluginChange> set(List<Item> now) {
        List<String> before = lines();
        List<PluginChange> changes = changes(now);
        items.values().forEach(item -> gone.put(item.id(), item.version()));
        items.clear();
        now.forEach(item -> items.put(item.id(), item));
        gone.keySet().removeAll(items.keySet());
        write(before);
        return changes;
    }

    /** Of this plugin nothing worked, as far as is known. */
    synchronized void forget(String pluginId) {
        List<String> before = lines();
        items.remove(pluginId);
        gone.remove(pluginId);
        write(before);
    }

    /** For a host with another data directory, which has copies of none: of what is not in its file any more only the version counts. */
    synchronized void writeFor(Path otherDataDirectory, Path pluginsDirectory) {
        LastGood other = in(otherDataDirectory);
        other.gone.putAll(gone);
        for (Item item : items.values()) {
            if (isIn(pluginsDirectory.resolve(item.file()), item.sha256())) {
                other.items.put(item.id(), item);
            } else {
                other.gone.put(item.id(), item.version());
            }
        }
        other.write(List.of());
    }

    private static boolean isIn(Path file, String sha256) {
        try {
            return Sha256.of(file, ArchiveLimits.DEFAULT.sourceBytes()).equals(sha256);
        } catch (IOException e) {
            return false;
        }
    }

    private void write(List<String> before) {
        List<String> lines = lines();
        if (lines.equals(before)) {
            return;
        }
        try {
            DurableFiles.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", file).log("what works cannot be written down: {}", FailureReason.of(e));
        }
    }

    private List<PluginChange> changes(List<Item> now) {
        List<PluginChange> changes = new ArrayList<>();
        Map<String, Item> left = new TreeMap<>(items);
        for (Item item : now) {
            Optional<Item> old = Optional.ofNullable(left.remove(item.id()));
            if (old.filter(known -> known.sha256().equals(item.sha256())).isEmpty()) {
                changes.add(new PluginChange(
                        item.id(), old.map(Item::version), Optional.of(item.version()), false, item.described()));
            }
        }
        left.values()
                .forEach(item -> changes.add(new PluginChange(
                        item.id(), Optional.of(item.version()), Optional.empty(), false, item.described())));
        return changes;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        items.values().forEach(item -> lines.add(item.line()));
        gone.forEach((id, version) -> lines.add("gone " + id + " " + version));
        return lines;
    }
}
