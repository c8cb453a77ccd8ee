package io.aitbc.openclaw.host.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin file and the signature that may lie beside it. */
record PlacedFile(Path file) {
    static Path signature(Path file) {
        return file.resolveSibling(file.getFileName() + Release.SIGNATURE_ENDING);
    }

    /**
     * Takes the place of another file and its signature. The file is replaced in one step, after the signature: a host that sees
     * it in between finds a signature that does not fit, and goes on with what it had.
     */
    void copyTo(Path target) throws IOException {
        if (Files.exists(signature(file))) {
            DurableFiles.copy(signature(file), signature(target));
        }
        DurableFiles.copy(file, target);
        if (Files.notExists(signature(file))) {
            boolean _ = Files.deleteIfExists(signature(target));
        }
    }
}
