package io.aitbc.openclaw.host.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Lets one after the other read a small file and write it anew, in this process and others, so that nothing of either is lost. */
public final class FileTurn implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final FileChannel channel;

    private FileTurn(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for its turn; a process that dies gives its own back.
     *
     * @throws IOException when the others take longer than all of them together should
     */
    public static FileTurn take(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path lock = DurableFiles.folder(target.resolveSibling("")).resolve("." + target.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (tryLock(channel) == null) {
                if (System.nanoTime() - end > 0) {
                    throw new FileSystemException(file.toString(), null, "another process is changing it");
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return new FileTurn(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
