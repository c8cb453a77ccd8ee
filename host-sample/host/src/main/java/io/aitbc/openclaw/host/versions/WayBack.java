package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.trust.PluginSignature;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plugin file and its signature, kept under hidden names beside their places. Going back takes renames only, so neither a full disk
 * nor a slow one stands in the way.
 */
final class WayBack {
    private static final String ENDING = ".before";

    private final Path file;

    private WayBack(Path file) {
        this.file = file;
    }

    /** Before anything takes the place of the file. */
    static WayBack from(Path file) throws IOException {
        WayBack way = new WayBack(file);
        way.drop();
        link(file, hidden(file));
        Path signature = PlacedFile.signature(file);
        if (Files.isRegularFile(signature)) {
            link(signature, hidden(signature));
        }
        return way;
    }

    private static Path hidden(Path file) {
        return file.resolveSibling("." + file.getFileName() + ENDING);
    }

    private static void link(Path source, Path target) throws IOException {
        try {
            Path _ = Files.createLink(target, source);
        } catch (UnsupportedOperationException | FileSystemException e) {
            DurableFiles.copy(source, target); // not all file systems have links
        }
    }

    /** The old file is back, whatever of the new one was placed; whenever the machine stops, a signature fits. */
    void take() throws IOException {
        Path signature = PlacedFile.signature(file);
        Path next = PluginSignature.nextFileOf(file);
        Path old = hidden(signature);
        boolean signed = Files.exists(old);
        if (signed && !isSame(old, signature)) {
            DurableFiles.move(old, next);
            DurableFiles.move(hidden(file), file);
            DurableFiles.move(next, signature);
        } else {
            DurableFiles.move(hidden(file), file);
            boolean _ = Files.deleteIfExists(next);
            if (!signed && Files.isRegularFile(signature)) {
                Files.delete(signature);
            }
        }
        drop();
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.isRegularFile(other) && Files.mismatch(one, other) < 0;
    }

    /** There is no going back any more. */
    void drop() throws IOException {
        boolean _ = Files.deleteIfExists(hidden(file));
        boolean _ = Files.deleteIfExists(hidden(PlacedFile.signature(file)));
    }

    /** Takes away what a process that died left in a folder. */
    static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".*.{jar,zip,sig}" + ENDING)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }
}
