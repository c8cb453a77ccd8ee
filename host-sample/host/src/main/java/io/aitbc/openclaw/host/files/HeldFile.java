package io.aitbc.openclaw.host.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that one at a time holds, of all processes and within one.
 *
 * <p>On Linux and macOS a process loses its locks of a file when it closes any channel to that file, one that did not get the lock included. So a
 * holder first locks, in a file beside, the byte that has the number of its process. Others of the same process are refused there by Java, whose
 * table of locks does not forget them so, and never open the file itself.
 */
public final class HeldFile implements AutoCloseable {
    private final Held own;
    private final Held all;

    /** Java knows of a lock for as long as the object is reachable. */
    private record Held(FileChannel channel, FileLock lock) {
        static Optional<Held> of(Path file, long start, long length) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock(start, length, false);
                if (lock != null) {
                    return Optional.of(new Held(channel, lock));
                }
            } catch (OverlappingFileLockException e) {
                // Held by this very process.
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
            return Optional.empty();
        }
    }

    private HeldFile(Held own, Held all) {
        this.own = own;
        this.all = all;
    }

    /** Empty when somebody else holds it. Both files are created where they are missing. */
    public static Optional<HeldFile> of(Path file) throws IOException {
        Optional<Held> own = Held.of(guard(file), ProcessHandle.current().pid(), 1);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Optional<Held> all = Optional.empty();
        try {
            all = Held.of(file, 0, Long.MAX_VALUE);
        } finally {
            if (all.isEmpty()) {
                own.get().channel().close();
            }
        }
        return all.map(it -> new HeldFile(own.get(), it));
    }

    /** The file beside; whoever likes may read, write and close it. */
    public static Path guard(Path file) {
        return file.resolveSibling(file.getFileName() + ".guard");
    }

    @Override
    public void close() throws IOException {
        // In this order: who gets the guard may open and close the other file.
        try (FileChannel _ = own.channel()) {
            all.channel().close();
        }
    }
}
