package io.aitbc.openclaw.host.trust;

import io.aitbc.openclaw.host.files.FileTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What each plugin may do, as the operator agreed to it: a JSON object of lists by plugin id. */
public final class Consents {
    private static final int LONGEST = 1 << 20;

    private final Path file;

    public Consents(Path file) {
        this.file = file;
    }

    public static Path fileIn(Path dataDirectory) {
        return dataDirectory.resolve("trust").resolve("consents.json");
    }

    /** Empty for a plugin that was never loaded. */
    public Optional<Permissions> of(String pluginId) throws TrustException {
        JsonNode list = document().path(pluginId);
        if (!list.isArray()) {
            return Optional.empty();
        }
        List<String> tokens = new ArrayList<>();
        list.valueStream().forEach(item -> tokens.add(item.asString("")));
        return Optional.of(Permissions.of(tokens));
    }

    /** Installing a plugin agrees to what its first version declares; of one that was loaded before nothing changes. */
    public void installed(String pluginId, Permissions declared) throws IOException, TrustException {
        if (of(pluginId).isPresent()) {
            return; // as at nearly every start
        }
        try (FileTurn _ = FileTurn.take(file)) {
            if (of(pluginId).isEmpty()) {
                put(pluginId, declared);
            }
        }
    }

    /**
     * Agrees to what a plugin wants besides what was agreed to already.
     *
     * @return what is new
     */
    public Permissions agree(String pluginId, Permissions wanted) throws IOException, TrustException {
        try (FileTurn _ = FileTurn.take(file)) {
            Permissions before = of(pluginId).orElse(Permissions.none());
            put(pluginId, before.plus(wanted));
            return wanted.minus(before);
        }
    }

    private void put(String pluginId, Permissions permissions) throws IOException, TrustException {
        ObjectNode document = document();
        ArrayNode list = document.putArray(pluginId);
        permissions.tokens().forEach(list::add);
        Documents.write(file, document);
    }

    private ObjectNode document() throws TrustException {
        String what = "the list of consents " + file;
        return Files.exists(file) ? Documents.parse(Documents.read(file, LONGEST, what), what) : Documents.object();
    }
}
