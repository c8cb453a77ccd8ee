package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.FailureReason;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when something happens in some folders. Where a file system cannot tell, nothing ever seems to happen. */
final class FolderEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderEvents.class);

    private final List<Path> folders;
    private final Map<Path, Watched> keys = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<WatchService> service = Optional.empty();

    /** @param identity of the folder, where the file system has one: another may come to its place */
    private record Watched(WatchKey key, Optional<Object> identity) {}

    FolderEvents(List<Path> folders) {
        this.folders = List.copyOf(folders);
        try {
            service = Optional.of(folders.getFirst().getFileSystem().newWatchService());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.atWarn().log("plugins directory is only looked through from time to time: {}", FailureReason.of(e));
        }
    }

    /**
     * Returns when something happened, when the time is over or when this is closed.
     *
     * @return whether the system lost count, so that more may have happened than it says
     */
    boolean await(Duration limit) throws InterruptedException {
        boolean lost = false;
        if (service.isEmpty()) {
            boolean _ = closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            return lost;
        }
        try {
            if (register()) {
                return lost; // what happened before is not told
            }
            @Nullable WatchKey key = service.get().poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            while (key != null) {
                lost |= key.pollEvents().stream()
                        .anyMatch(event -> event.kind().equals(StandardWatchEventKinds.OVERFLOW));
                boolean _ = key.reset();
                key = service.get().poll();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.atDebug().log("plugins directory is no longer watched");
        }
        return lost;
    }

    /** Folders may come, go and come again. */
    private boolean register() {
        boolean any = false;
        keys.entrySet().removeIf(each -> isOver(each.getKey(), each.getValue()));
        for (Path folder : folders) {
            if (!keys.containsKey(folder) && Files.isDirectory(folder)) {
                try {
                    Optional<Object> identity = identity(folder);
                    WatchKey key = folder.register(
                            service.orElseThrow(),
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
                    keys.put(folder, new Watched(key, identity));
                    any = true;
                } catch (IOException e) {
                    LOG.atDebug().addKeyValue("directory", folder).log("cannot be watched: {}", FailureReason.of(e));
                }
            }
        }
        return any;
    }

    private static boolean isOver(Path folder, Watched watched) {
        boolean over = !watched.key().isValid() || !watched.identity().equals(identity(folder));
        if (over) {
            watched.key().cancel();
        }
        return over;
    }

    /** Empty also where the file system gives another one each time. */
    private static Optional<Object> identity(Path folder) {
        try {
            Optional<Object> first = fileKey(folder);
            return first.equals(fileKey(folder)) ? first : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> fileKey(Path folder) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(folder, BasicFileAttributes.class).fileKey());
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (service.isPresent()) {
                service.get().close();
            }
        } catch (IOException e) {
            LOG.atDebug().log("watching does not end: {}", FailureReason.of(e));
        }
    }
}
