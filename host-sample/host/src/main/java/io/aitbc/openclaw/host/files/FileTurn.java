package io.aitbc.openclaw.host.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Lets one after the other read a small file and write it anew, in this process and others, so that nothing of either is lost. */
public final class FileTurn implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final HeldFile held;

    private FileTurn(HeldFile held) {
        this.held = held;
    }

    /**
     * Waits for its turn; a process that dies gives its own back.
     *
     * @throws IOException when the others take longer than all of them together should
     */
    public static FileTurn take(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path lock = DurableFiles.folder(target.resolveSibling("")).resolve("." + target.getFileName() + ".lock");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<HeldFile> held = HeldFile.of(lock);
            if (held.isPresent()) {
                return new FileTurn(held.get());
            }
            if (System.nanoTime() - end > 0) {
                throw new FileSystemException(file.toString(), null, "another process is changing it");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
