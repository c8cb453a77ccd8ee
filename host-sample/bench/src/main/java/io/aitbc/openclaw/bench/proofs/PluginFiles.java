package io.aitbc.openclaw.bench.proofs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Files in the private libraries of installed plugins, for peers that want what a plugin was built with. */
final class PluginFiles {
    private PluginFiles() {}

    /**
     * @param plugins folder with archives of plugins
     * @param name of a file, without its folder
     */
    static byte[] find(Path plugins, String name) throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(plugins, "*.zip")) {
            for (Path archive : archives) {
                try (InputStream in = Files.newInputStream(archive)) {
                    Optional<byte[]> found = find(in, name);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
        }
        throw new IOException("no plugin in %s has a file %s".formatted(plugins, name));
    }

    private static Optional<byte[]> find(InputStream archive, String name) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().endsWith("/" + name)) {
                return Optional.of(zip.readAllBytes());
            }
            if (entry.getName().endsWith(".jar")) {
                Optional<byte[]> inside = find(new ByteArrayInputStream(zip.readAllBytes()), name);
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }
}
