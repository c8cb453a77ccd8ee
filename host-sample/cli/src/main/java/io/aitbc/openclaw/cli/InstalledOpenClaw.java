package io.aitbc.openclaw.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The OpenClaw of this machine. It tells no version when it calls ({@code User-Agent: undici}), so what npm installed is read;
 * nothing of it is run.
 *
 * @param version as its package says
 */
record InstalledOpenClaw(Path folder, String version) {
    private static final int LARGEST = 1 << 20;
    private static final int FOLDERS_UP = 4;

    /** The one that a shell would start. */
    static Optional<InstalledOpenClaw> find(Map<String, String> environment) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Optional<InstalledOpenClaw> found = folder.isBlank() ? Optional.empty() : in(folder);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<InstalledOpenClaw> in(String folder) {
        try {
            Path program = Path.of(folder, "openclaw");
            if (!Files.isExecutable(program) || Files.isDirectory(program)) {
                return Optional.empty();
            }
            Path place = program.toRealPath().getParent();
            for (int i = 0; i < FOLDERS_UP && place != null; i++) {
                Optional<String> version = version(place.resolve("package.json"));
                if (version.isPresent()) {
                    return Optional.of(new InstalledOpenClaw(place, version.get()));
                }
                place = place.getParent();
            }
            return Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> version(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode described = new Json().read(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
            return described.path("name").asString("").equals("openclaw")
                    ? described.path("version").stringValueOpt()
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
