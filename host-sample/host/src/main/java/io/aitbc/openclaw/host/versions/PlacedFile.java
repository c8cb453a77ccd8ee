package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.plugins.PluginFile;
import io.aitbc.openclaw.host.trust.PluginSignature;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin file and the signature that may lie beside it. */
record PlacedFile(Path file) {
    static Path signature(Path file) {
        return PluginSignature.fileOf(file);
    }

    /**
     * Takes the place of another file and its signature, in one step: the rename of the file. Before it the old signature fits and
     * afterwards the next one does, which gets its own name last.
     */
    void copyTo(Path target) throws IOException {
        if (Files.exists(signature(file))) {
            Path next = PluginSignature.nextFileOf(target);
            DurableFiles.copy(signature(file), next);
            DurableFiles.copy(file, target);
            DurableFiles.move(next, signature(target));
        } else {
            DurableFiles.copy(file, target);
            boolean _ = Files.deleteIfExists(signature(target));
        }
    }

    /** Finishes in a folder what a process that died there began. */
    static void settle(Path folder) throws IOException {
        String ending = PluginSignature.NEXT_ENDING;
        try (DirectoryStream<Path> waiting = Files.newDirectoryStream(folder, "*" + ending)) {
            for (Path next : waiting) {
                String name = String.valueOf(next.getFileName());
                Path plugin = next.resolveSibling(name.substring(0, name.length() - ending.length()));
                if (Files.exists(plugin) && PluginSignature.isFor(next, PluginFile.sha256(plugin))) {
                    DurableFiles.move(next, signature(plugin));
                } else {
                    Files.delete(next); // its file never came
                }
            }
        }
    }
}
