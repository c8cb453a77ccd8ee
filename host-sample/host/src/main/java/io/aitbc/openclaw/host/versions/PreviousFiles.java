package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.plugins.PluginFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of the files that upgrades replaced, for people who want one back: the last one of each plugin. */
final class PreviousFiles {
    private final Path folder;

    PreviousFiles(Path folder) {
        this.folder = folder;
    }

    private static String name(InstalledPlugin plugin) {
        return plugin.sha256() + "-" + plugin.file().getFileName();
    }

    void keep(InstalledPlugin installed) throws IOException, StepFailure {
        Path copy = DurableFiles.folder(folder).resolve(name(installed));
        new PlacedFile(installed.file()).copyTo(copy);
        if (!PluginFile.sha256(copy).equals(installed.sha256())) {
            throw new StepFailure(
                    "%s was changed by somebody else meanwhile; look at it and try again".formatted(installed.file()));
        }
    }

    /** Takes away the copies of what the given one replaced in its time. */
    void keepOnly(InstalledPlugin installed) throws IOException {
        String file = "-" + installed.file().getFileName();
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder)) {
            for (Path copy : copies) {
                String name = String.valueOf(copy.getFileName());
                boolean ofThis = name.endsWith(file) || name.endsWith(file + Release.SIGNATURE_ENDING);
                if (ofThis && !name.startsWith(name(installed))) {
                    Files.delete(copy);
                }
            }
        }
    }
}
