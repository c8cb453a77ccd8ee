package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * One process, and one log in it, has the file of a log open at a time: two writers would fork the log.
 *
 * <p>On Linux and macOS a process loses its locks of a file when it closes any channel to that file, one that did not get the lock included. So a
 * log first locks, in a file beside, the byte that has the number of its process. Others of the same process are refused there by Java, whose
 * table of locks is one for all class loaders and does not forget them so, and never open the file that keeps other processes away.
 */
final class LogLock implements AutoCloseable {
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
                // Another log of this process has it: of an older generation of the plugin, say.
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
            return Optional.empty();
        }
    }

    private LogLock(Held own, Held all) {
        this.own = own;
        this.all = all;
    }

    /** @param patience how long to wait for another who has the log open */
    static LogLock of(Path log, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<LogLock> lock = tryLock(log);
        while (lock.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("%s is in use by another host or command".formatted(log));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + log, e);
            }
            lock = tryLock(log);
        }
        return lock.get();
    }

    private static Optional<LogLock> tryLock(Path log) throws IOException {
        Optional<Held> own =
                Held.of(beside(log, ".guard"), ProcessHandle.current().pid(), 1);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Optional<Held> all = Optional.empty();
        try {
            all = Held.of(beside(log, ".lock"), 0, Long.MAX_VALUE);
        } finally {
            if (all.isEmpty()) {
                own.get().channel().close();
            }
        }
        return all.map(it -> new LogLock(own.get(), it));
    }

    private static Path beside(Path log, String ending) {
        return log.resolveSibling(log.getFileName() + ending);
    }

    @Override
    public void close() throws IOException {
        // In this order: who gets the guard may open and close the other file.
        try (FileChannel _ = own.channel()) {
            all.channel().close();
        }
    }
}
