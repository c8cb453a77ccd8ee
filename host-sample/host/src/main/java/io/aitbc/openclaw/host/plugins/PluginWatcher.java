package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.trust.Consents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is loaded in step with the plugins directory, on a thread of its own. */
final class PluginWatcher implements AutoCloseable {
    /** What is loaded. */
    interface Plugins {
        /**
         * A file is new in the directory or was changed.
         *
         * @param sha256 of its bytes, as they were a moment ago; {@link FolderChanges#UNREAD} of a file that is too large
         */
        void arrived(Path file, String sha256);

        /** The same of a file that may be as it was, when something else changed on which its fate depends. */
        void again(Path file, String sha256);

        /** Files that failed for a reason outside of them, such as a full disk: they are told of again from time to time. */
        List<Path> later();

        /** A file is no longer in the directory. Whether the others there should be looked at again. */
        boolean gone(Path file);
    }

    private static final Logger LOG = LoggerFactory.getLogger(PluginWatcher.class);
    /** Between the two looks that have to find the same. */
    private static final Duration SETTLE = Duration.ofMillis(100);
    /** Between the glances meanwhile. */
    private static final Duration GLANCE = Duration.ofMillis(10);
    /** A change under way ends sooner, unless the file system hangs. */
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final FolderChanges looks;
    private final Plugins plugins;
    private final FolderEvents events;
    private final Duration rescan;
    private final LongSupplier nanos;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    PluginWatcher(FolderChanges looks, Plugins plugins, FolderEvents events, Duration rescan, LongSupplier nanos) {
        this.looks = looks;
        this.plugins = plugins;
        this.events = events;
        this.rescan = rescan;
        this.nanos = nanos;
        thread = Thread.ofPlatform().daemon().name("plugins-watch").unstarted(this::run);
    }

    /**
     * Of the plugins directory, and of the keys, consents, pins and lists on which it depends what is loaded.
     *
     * @param loaded files that were there when the plugins were loaded
     */
    static PluginWatcher of(PluginHostOptions options, Plugins plugins, Collection<Path> loaded) {
        PluginFolderOptions folder = options.folder();
        List<Path> own = new ArrayList<>(folder.records().files());
        own.add(Consents.fileIn(options.dataDirectory()));
        own.forEach(PluginWatcher::prepareFolder);
        List<Path> others = new ArrayList<>(folder.trustStores());
        others.addAll(own);
        others.addAll(PluginLists.filesIn(options.pluginsDirectory()));
        FolderChanges looks = new FolderChanges(options.pluginsDirectory(), others);
        looks.expect(loaded);
        return new PluginWatcher(looks, plugins, new FolderEvents(looks.folders()), folder.rescan(), System::nanoTime);
    }

    /** One that comes later would not be watched. */
    private static void prepareFolder(Path file) {
        Path folder = file.resolveSibling("");
        try {
            Path _ = DurableFiles.folder(folder);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("folder", folder)
                    .log("what changes there is noticed late: {}", FailureReason.of(e));
        }
    }

    void start() {
        thread.start();
    }

    private void run() {
        long thoroughAt = nanos.getAsLong() + rescan.toNanos();
        boolean lost = false;
        try {
            while (ended.getCount() > 0) {
                boolean thorough = lost || nanos.getAsLong() - thoroughAt >= 0;
                if (thorough) {
                    thoroughAt = nanos.getAsLong() + rescan.toNanos();
                }
                if (thorough) {
                    plugins.later().forEach(looks::forget);
                }
                step(() -> looks.look(thorough));
                lost = looks.unsettled()
                        ? settle()
                        : events.await(Duration.ofNanos(Math.max(1, thoroughAt - nanos.getAsLong())));
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("plugins directory is no longer watched");
        }
    }

    /**
     * Lets the time pass between two looks that have to find the same: right after one another they would prove nothing. What a
     * signature shows to be whole does not wait for that.
     *
     * @return as {@link FolderEvents#await}
     */
    private boolean settle() throws InterruptedException {
        boolean lost = false;
        long end = nanos.getAsLong() + SETTLE.toNanos();
        for (long left = SETTLE.toNanos(); left > 0 && ended.getCount() > 0; left = end - nanos.getAsLong()) {
            lost |= events.await(Duration.ofNanos(left));
            if (nanos.getAsLong() - end < 0) {
                step(looks::glance);
                boolean _ = ended.await(GLANCE.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
        return lost;
    }

    private void step(Supplier<List<FolderChanges.Change>> look) {
        List<FolderChanges.Change> found = new ArrayList<>();
        attempt(() -> found.addAll(look.get()));
        found.forEach(change -> attempt(() -> take(change)));
    }

    private void take(FolderChanges.Change change) {
        switch (change) {
            case FolderChanges.Arrived(var file, var sha256) -> plugins.arrived(file, sha256);
            case FolderChanges.Again(var file, var sha256) -> plugins.again(file, sha256);
            case FolderChanges.Gone(var file) -> {
                if (plugins.gone(file)) {
                    looks.forget(); // a lower version that lies there too may take its place
                }
            }
        }
    }

    /** Whatever one change brings about, out of memory included, the next one is taken. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.atWarn().log("a change in the plugins directory was not taken: {}", FailureText.full(e));
        }
    }

    @Override
    public void close() {
        ended.countDown();
        events.close();
        try {
            if (thread.isAlive() && !thread.join(END_LIMIT)) {
                thread.interrupt();
                LOG.atWarn().log("watching the plugins directory does not end; it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
