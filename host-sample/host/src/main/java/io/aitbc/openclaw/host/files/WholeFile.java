package io.aitbc.openclaw.host.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file so that a reader finds the old bytes or the new ones, also when the process is killed meanwhile. */
public final class WholeFile {
    private WholeFile() {}

    /** Creates the folder when it is missing. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = Files.createDirectories(target.resolveSibling(""));
        Path draft = Files.createTempFile(folder, ".draft-", ".tmp");
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    int _ = out.write(rest);
                }
                out.force(true);
            }
            Path _ = Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            boolean _ = Files.deleteIfExists(draft);
        }
    }
}
