package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** How a log changes files. Tests see here in which order things reach the disk, and let it fail. */
class LogDisk {
    FileChannel open(Path file, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return FileChannel.open(file, options, attributes);
    }

    /** In the place of another, in one step. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A new file for its owner only, open for writing. */
    final FileChannel create(Path file) throws IOException {
        return open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), SecretFile.ownerOnly(file));
    }

    /** Puts a text in the place of a file; it is on disk afterwards. */
    final void replace(Path file, byte[] text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = create(draft)) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                int _ = channel.write(buffer);
            }
            channel.force(true);
        }
        move(draft, file);
        syncFolderOf(file);
    }

    /** A file that is new or was moved is on disk once its folder is. Windows neither can nor needs this. */
    final void syncFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            try (FileChannel channel = open(folder, Set.of(StandardOpenOption.READ))) {
                channel.force(true);
            }
        }
    }
}
