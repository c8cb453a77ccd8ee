package io.aitbc.openclaw.host.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tries a new version beside copies of the other plugins: what works alone may not work beside them. */
final class StagedTrial {
    private static final String PREFIX = "trial-";

    private final Trial trial;
    private final Path folder;

    /** @param folder for the copies */
    StagedTrial(Trial trial, Path folder) {
        this.trial = trial;
        this.folder = folder;
    }

    /**
     * @param plugins where the others are installed
     * @throws StepFailure when it does not work there
     */
    void run(Path plugins, String pluginId, Path candidate) throws IOException, StepFailure {
        Path stage = Files.createTempDirectory(folder, PREFIX);
        try {
            for (InstalledPlugin other : InstalledPlugins.in(plugins).plugins()) {
                Path source = other.id().equals(pluginId) ? candidate : other.file();
                new PlacedFile(source).copyTo(stage.resolve(other.file().getFileName()));
            }
            Optional<String> problem = trial.problem(stage, pluginId);
            if (problem.isPresent()) {
                throw new StepFailure("the new version does not work here: " + problem.get());
            }
        } finally {
            delete(stage);
        }
    }

    /** Takes away what a process that died left behind. */
    void sweep() throws IOException {
        try (var trials = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path left : trials) {
                delete(left);
            }
        }
    }

    private static void delete(Path stage) throws IOException {
        try (var files = Files.newDirectoryStream(stage)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(stage);
    }
}
