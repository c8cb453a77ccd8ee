package io.aitbc.openclaw.host.trust;

import io.aitbc.openclaw.host.files.FileTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What each plugin may do and whose key may sign it, as the operator agreed to it: a JSON object with {@code permissions} and
 * {@code keys} by plugin id.
 */
public final class Consents {
    private static final int LONGEST = 1 << 20;
    private static final String PERMISSIONS = "permissions";
    private static final String KEYS = "keys";

    private final Path file;

    public Consents(Path file) {
        this.file = file;
    }

    public static Path fileIn(Path dataDirectory) {
        return dataDirectory.resolve("trust").resolve("consents.json");
    }

    /** Empty for a plugin that was never loaded. */
    public Optional<Permissions> of(String pluginId) throws TrustException {
        JsonNode list = document().path(pluginId).path(PERMISSIONS);
        return list.isArray() ? Optional.of(Permissions.of(texts(list))) : Optional.empty();
    }

    /** Ids of the keys that may sign the plugin; empty before one did. */
    public Set<String> keys(String pluginId) throws TrustException {
        return Set.copyOf(texts(document().path(pluginId).path(KEYS)));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.valueStream().forEach(item -> texts.add(item.asString("")));
        return texts;
    }

    /**
     * Installing a plugin agrees to what its first version declares; of one that was loaded before only the key is added.
     *
     * @param key that signed it; empty when none did
     */
    public void installed(String pluginId, Permissions declared, Optional<String> key)
            throws IOException, TrustException {
        if (knows(pluginId, key)) {
            return; // as at nearly every start
        }
        try (FileTurn _ = FileTurn.take(file)) {
            Set<String> keys = new TreeSet<>(keys(pluginId));
            key.ifPresent(keys::add);
            put(pluginId, of(pluginId).orElse(declared), keys);
        }
    }

    private boolean knows(String pluginId, Optional<String> key) throws TrustException {
        return of(pluginId).isPresent() && (key.isEmpty() || keys(pluginId).contains(key.get()));
    }

    /**
     * Agrees to what a plugin wants besides what was agreed to already.
     *
     * @return what is new
     */
    public Permissions agree(String pluginId, Permissions wanted) throws IOException, TrustException {
        try (FileTurn _ = FileTurn.take(file)) {
            Permissions before = of(pluginId).orElse(Permissions.none());
            put(pluginId, before.plus(wanted), keys(pluginId));
            return wanted.minus(before);
        }
    }

    /**
     * Agrees to another key that may sign a plugin.
     *
     * @return whether that is new
     */
    public boolean agreeToKey(String pluginId, String keyId) throws IOException, TrustException {
        try (FileTurn _ = FileTurn.take(file)) {
            Set<String> keys = new TreeSet<>(keys(pluginId));
            boolean isNew = keys.add(keyId);
            ObjectNode document = document();
            entry(document, pluginId).set(KEYS, list(keys));
            Documents.write(file, document);
            return isNew;
        }
    }

    private void put(String pluginId, Permissions permissions, Set<String> keys) throws IOException, TrustException {
        ObjectNode document = document();
        ObjectNode entry = entry(document, pluginId);
        entry.set(PERMISSIONS, list(permissions.tokens()));
        entry.set(KEYS, list(keys));
        Documents.write(file, document);
    }

    private static ObjectNode entry(ObjectNode document, String pluginId) {
        return document.path(pluginId) instanceof ObjectNode known ? known : document.putObject(pluginId);
    }

    private static ArrayNode list(Collection<String> texts) {
        ArrayNode list = Documents.object().arrayNode();
        new TreeSet<>(texts).forEach(list::add);
        return list;
    }

    private ObjectNode document() throws TrustException {
        String what = "the list of consents " + file;
        return Files.exists(file) ? Documents.parse(Documents.read(file, LONGEST, what), what) : Documents.object();
    }
}
