package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One process, and one log in it, has the file of a log open at a time: two writers would fork the log. Locks a file of its own: on
 * some systems a process loses its lock when it closes any channel to the locked file.
 */
final class LogLock implements AutoCloseable {
    private final FileChannel channel;

    private LogLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @param patience how long to wait for another who has the log open */
    static LogLock of(Path log, Duration patience) throws IOException {
        FileChannel channel = FileChannel.open(
                log.resolveSibling(log.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(log, channel, patience);
            return new LogLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(Path log, FileChannel channel, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (tryLock(channel) == null) {
            if (System.nanoTime() > deadline) {
                throw new IOException("%s is in use by another host or command".formatted(log));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + log, e);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // an older generation of the plugin is still closing
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
