package io.aitbc.openclaw.host.trust;

import io.aitbc.openclaw.host.files.FileTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys whose plugins are loaded: those that the installation brings and those that the operator trusts, without those that
 * the operator distrusts. Each file is a JSON object with {@code trusted} (name, id, key) and {@code distrusted} (ids).
 */
public final class TrustStore {
    /** A trusted key with the name it was given. */
    public record Entry(String name, PluginKey key) {}

    private static final int LONGEST = 256 << 10;

    private final Map<String, Entry> trusted = new LinkedHashMap<>();

    private TrustStore() {}

    /** In the data directory. */
    public static Path fileIn(Path dataDirectory) {
        return dataDirectory.resolve("trust").resolve("keys.json");
    }

    /** In an installation. */
    public static Path fileOfInstallation(Path home) {
        return home.resolve("config").resolve("trusted-plugin-keys.json");
    }

    /**
     * @param files the later one wins; a missing one is empty
     * @throws TrustException when one cannot be read: then nothing is trusted
     */
    public static TrustStore read(List<Path> files) throws TrustException {
        TrustStore store = new TrustStore();
        for (Path file : files) {
            if (Files.exists(file)) {
                store.add(document(file), file);
            }
        }
        return store;
    }

    private static ObjectNode document(Path file) throws TrustException {
        String what = "the trust store " + file;
        return Documents.parse(Documents.read(file, LONGEST, what), what);
    }

    private void add(ObjectNode document, Path file) throws TrustException {
        for (JsonNode item : document.path("trusted")) {
            try {
                PluginKey key = PluginKey.parse(item.path("key").asString(""));
                trusted.put(key.id(), new Entry(item.path("name").asString(""), key));
            } catch (TrustException e) {
                throw new TrustException("the trust store " + file + " holds something that " + e.reason());
            }
        }
        for (JsonNode item : document.path("distrusted")) {
            trusted.remove(item.asString(""));
        }
    }

    public Optional<PluginKey> key(String id) {
        return Optional.ofNullable(trusted.get(id)).map(Entry::key);
    }

    public List<Entry> entries() {
        return List.copyOf(trusted.values());
    }

    /** Adds a key to a file. */
    public static void trust(Path file, String name, PluginKey key) throws IOException, TrustException {
        change(file, name, Optional.of(key), key.id());
    }

    /** Takes a key from a file, and remembers that it must not be trusted wherever else it stands. */
    public static void distrust(Path file, String keyId) throws IOException, TrustException {
        change(file, "", Optional.empty(), keyId);
    }

    private static void change(Path file, String name, Optional<PluginKey> key, String id)
            throws IOException, TrustException {
        try (FileTurn _ = FileTurn.take(file)) {
            write(file, name, key, id);
        }
    }

    private static void write(Path file, String name, Optional<PluginKey> key, String id)
            throws IOException, TrustException {
        ObjectNode before = Files.exists(file) ? document(file) : Documents.object();
        List<JsonNode> kept = new ArrayList<>();
        before.path("trusted")
                .valueStream()
                .filter(item -> !item.path("id").asString("").equals(id))
                .forEach(kept::add);
        TreeSet<String> distrusted = new TreeSet<>();
        before.path("distrusted").valueStream().forEach(item -> distrusted.add(item.asString("")));
        ObjectNode after = Documents.object();
        var list = after.putArray("trusted");
        kept.forEach(list::add);
        if (key.isPresent()) {
            list.addObject()
                    .put("name", name)
                    .put("id", id)
                    .put("key", key.get().base64());
            distrusted.remove(id);
        } else {
            distrusted.add(id);
        }
        var no = after.putArray("distrusted");
        distrusted.forEach(no::add);
        Documents.write(file, after);
    }
}
