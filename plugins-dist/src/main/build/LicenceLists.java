import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes for each plugin which libraries it uses and under which licences, from its list of parts: LicenceLists ROOT TARGET. A library
 * without a licence ends the build.
 */
final class LicenceLists {
    private static final List<String> PLUGINS =
            List.of("plugin-aitbc-provider", "plugin-skill-router", "plugin-marketplace", "plugin-zk");

    private LicenceLists() {}

    public static void main(String[] arguments) throws IOException {
        Path target = Files.createDirectories(Path.of(arguments[1]));
        for (String plugin : PLUGINS) {
            Path parts = Path.of(arguments[0], plugin, "target", "sbom.cdx.json");
            if (!Files.exists(parts)) {
                throw new IOException(parts + " is missing: it is made by an online build of " + plugin);
            }
            Files.writeString(target.resolve(plugin + ".txt"), list(new JsonMapper().readTree(Files.readString(parts))));
        }
    }

    private static String list(JsonNode document) {
        Map<String, String> lines = new TreeMap<>();
        for (JsonNode part : document.path("components")) {
            String name = part.path("group").asString("") + ":" + part.path("name").asString("") + ":"
                    + part.path("version").asString("");
            lines.put(name, licences(part, name));
        }
        StringBuilder text = new StringBuilder("This plugin is under the licence in LICENSE. It uses, from lib/ or from the host:\n\n");
        lines.forEach((name, licences) -> text.append(name).append("  ").append(licences).append('\n'));
        return text.toString();
    }

    private static String licences(JsonNode part, String name) {
        List<String> found = part.path("licenses").valueStream()
                .map(entry -> entry.path("expression")
                        .asString(entry.path("license")
                                .path("id")
                                .asString(entry.path("license").path("name").asString(""))))
                .filter(licence -> !licence.isBlank())
                .toList();
        if (!found.isEmpty()) {
            return String.join(", ", found);
        }
        if (name.startsWith("io.aitbc.openclaw:")) {
            return "Apache-2.0";
        }
        throw new IllegalStateException("The licence of " + name + " is unknown");
    }
}
