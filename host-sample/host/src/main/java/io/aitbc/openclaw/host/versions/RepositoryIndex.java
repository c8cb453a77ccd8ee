package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a repository offers: {@code index.json} with one object for each file.
 *
 * @param releases by plugin id, then newest first
 */
public record RepositoryIndex(List<Release> releases) {
    /** Name of the index in a repository. */
    public static final String FILE = "index.json";

    static final int LARGEST = 4 << 20;
    private static final int FORMAT = 1;
    private static final int MOST_RELEASES = 10_000;
    private static final int MOST_PERMISSIONS = 100;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxStringLength(4096)
                            .maxDocumentLength(LARGEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    public RepositoryIndex {
        releases = releases.stream()
                .sorted(Comparator.comparing(Release::id)
                        .thenComparing(Release::version, SemanticVersions.ORDER.reversed())
                        .thenComparing(Release::file))
                .toList();
    }

    /** Of one plugin, newest first. */
    public List<Release> of(String pluginId) {
        return releases.stream()
                .filter(release -> release.id().equals(pluginId))
                .toList();
    }

    /** The bytes of {@code index.json}; the same releases always give the same bytes. */
    public byte[] bytes() {
        ObjectNode document = JSON.createObjectNode().put("format", FORMAT);
        ArrayNode rows = document.putArray("plugins");
        for (Release release : releases) {
            ObjectNode row = rows.addObject().put("id", release.id()).put("version", release.version());
            release.requires().ifPresent(range -> row.put("api", range));
            row.put("prerelease", release.prerelease())
                    .put("description", release.description())
                    .put("file", release.file())
                    .put("size", release.size())
                    .put("sha256", release.sha256());
            release.signature().ifPresent(name -> row.put("signature", name));
            ArrayNode permissions = row.putArray("permissions");
            release.permissions().forEach(permissions::add);
        }
        // Line ends of the machine it is written on must not matter.
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        return (JSON.writer().with(printer).writeValueAsString(document) + "\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /**
     * Reads an index. Fields it does not know are ignored.
     *
     * @param place where it came from, for messages
     * @throws OpenClawException {@link ErrorCode#MALFORMED_ANSWER} when it is no index, or one entry of it cannot be right
     */
    public static RepositoryIndex read(byte[] bytes, String place) {
        try {
            JsonNode document = JSON.readTree(bytes);
            if (document.path("format").asInt(0) != FORMAT) {
                throw malformed(place, "its format is not " + FORMAT);
            }
            JsonNode rows = document.path("plugins");
            if (!rows.isArray() || rows.size() > MOST_RELEASES) {
                throw malformed(place, "'plugins' is no list of at most " + MOST_RELEASES);
            }
            return read(rows, place);
        } catch (JacksonException e) {
            throw malformed(place, Texts.oneLine(String.valueOf(e.getOriginalMessage())));
        }
    }

    private static RepositoryIndex read(JsonNode rows, String place) {
        List<Release> releases = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (JsonNode row : rows) {
            try {
                Release release = release(row);
                if (!known.add(release.id() + " " + release.version())) {
                    throw new IllegalArgumentException("it offers " + release.version() + " twice");
                }
                releases.add(release);
            } catch (IllegalArgumentException e) {
                throw malformed(
                        place,
                        "entry '%s': %s".formatted(Texts.oneLine(row.path("id").asString("?")), e.getMessage()));
            }
        }
        return new RepositoryIndex(releases);
    }

    private static Release release(JsonNode row) {
        List<String> permissions = row.path("permissions")
                .valueStream()
                .limit(MOST_PERMISSIONS + 1L)
                .map(permission -> Texts.oneLine(permission.asString("")))
                .toList();
        if (permissions.size() > MOST_PERMISSIONS) {
            throw new IllegalArgumentException("it has more than " + MOST_PERMISSIONS + " permissions");
        }
        Release release = new Release(
                row.path("id").asString(""),
                row.path("version").asString(""),
                text(row, "api"),
                row.path("file").asString(""),
                row.path("size").asLong(0),
                row.path("sha256").asString(""),
                text(row, "signature"),
                permissions,
                Texts.oneLine(row.path("description").asString("")));
        boolean marked = row.path("prerelease").asBoolean(release.prerelease());
        if (marked != release.prerelease()) {
            throw new IllegalArgumentException(
                    "its version " + release.version() + " and 'prerelease' contradict each other");
        }
        return release;
    }

    private static Optional<String> text(JsonNode row, String field) {
        return row.path(field).asStringOpt();
    }

    private static OpenClawException malformed(String place, String why) {
        return new OpenClawException(
                ErrorCode.MALFORMED_ANSWER, "%s is no usable plugin index: %s".formatted(place, why));
    }
}
