package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.PluginStatement;
import io.aitbc.openclaw.host.trust.SigningKey;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What is noticed where the file system says too little. */
@Timeout(60)
@Isolated("reads what others log too")
class PluginWatcherTest {
    /** More than the JDK counts for one folder. */
    private static final int MANY = 5_000;

    @TempDir
    Path folder;

    private final Queue<String> arrivals = new ConcurrentLinkedQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private Path plugins;

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
    }

    /** Notes what arrives; while the file of that name arrives nothing else can. */
    private class Noting implements PluginWatcher.Plugins {
        private final String slow;

        private Noting(String slow) {
            this.slow = slow;
        }

        @Override
        public void arrived(Path file, String sha256) {
            arrivals.add(file.getFileName() + " " + sha256);
            if (file.getFileName().toString().equals(slow)) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void again(Path file, String sha256) {
            arrived(file, sha256);
        }

        @Override
        public List<Path> later() {
            return List.of();
        }

        @Override
        public boolean gone(Path file) {
            return false;
        }
    }

    private PluginWatcher.Plugins noting(String slow) {
        return new Noting(slow);
    }

    private String write(String name, String text) throws IOException {
        return name + " " + Sha256.of(Files.writeString(plugins.resolve(name), text));
    }

    @Test
    void a_file_system_that_says_nothing_is_looked_through_by_the_clock() throws IOException {
        Path archive = folder.resolve("silent.zip");
        try (FileSystem silent = FileSystems.newFileSystem(archive, Map.of("create", "true"));
                PluginWatcher watcher = new PluginWatcher(
                        new FolderChanges(plugins, List.of()),
                        noting(""),
                        new FolderEvents(List.of(silent.getPath("/"))),
                        Duration.ofMillis(20),
                        System::nanoTime)) {
            watcher.start();
            String first = write("a.jar", "1");
            await().until(() -> arrivals.contains(first));
            String second = write("a.jar", "22");
            await().until(() -> arrivals.contains(second));
        }
    }

    @Test
    void a_change_that_fails_in_whatever_way_does_not_end_the_watching() throws IOException {
        PluginWatcher.Plugins failing = new Noting("") {
            @Override
            public void arrived(Path file, String sha256) {
                if (file.getFileName().toString().startsWith("a")) {
                    throw new OutOfMemoryError("by the test");
                }
                super.arrived(file, sha256);
            }
        };
        try (PluginWatcher watcher = new PluginWatcher(
                new FolderChanges(plugins, List.of()),
                failing,
                new FolderEvents(List.of(plugins)),
                Duration.ofHours(1),
                System::nanoTime)) {
            String _ = write("a.jar", "1");
            String beside = write("b.jar", "1");
            watcher.start();
            await().until(() -> arrivals.contains(beside));
            String later = write("c.jar", "1");
            await().until(() -> arrivals.contains(later));
        }
    }

    @Test
    void a_signed_file_does_not_wait_until_a_file_beside_it_stops_changing() throws IOException {
        LongSupplier noTimePasses = () -> 0;
        try (PluginWatcher watcher = new PluginWatcher(
                new FolderChanges(plugins, List.of()),
                noting(""),
                new FolderEvents(List.of(plugins)),
                Duration.ofHours(1),
                noTimePasses)) {
            watcher.start();
            String growing = write("a.jar", "1");
            String signed = write(".b", "2");
            PluginStatement statement = new PluginStatement(signed.split(" ")[1], "b", "1.0.0", "", Permissions.none());
            PluginSignature.sign(statement, SigningKey.generate(new SecureRandom()))
                    .write(plugins.resolve("b.jar"));
            String whole = write("b.jar", "2");
            await().until(() -> arrivals.contains(whole));
            assertThat(arrivals).doesNotContain(growing);
        }
    }

    @Test
    void another_folder_in_the_place_of_the_one_that_is_watched_is_watched() throws IOException {
        try (PluginWatcher watcher = new PluginWatcher(
                new FolderChanges(plugins, List.of()),
                noting(""),
                new FolderEvents(List.of(plugins)),
                Duration.ofHours(1),
                System::nanoTime)) {
            watcher.start();
            String first = write("a.jar", "1");
            await().until(() -> arrivals.contains(first));
            Files.move(plugins, folder.resolve("elsewhere"));
            Files.createFile(folder.resolve("elsewhere/.noticed"));
            Files.createDirectory(plugins);
            String second = write("b.jar", "2");
            await().until(() -> arrivals.contains(second));
            String third = write("c.jar", "3");
            await().until(() -> arrivals.contains(third));
        }
    }

    @Test
    void why_a_file_system_is_not_watched_is_told_in_words() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(FolderEvents.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (FileSystem silent = FileSystems.newFileSystem(folder.resolve("silent.zip"), Map.of("create", "true"));
                FolderEvents _ = new FolderEvents(List.of(silent.getPath("/")))) {
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement(as(STRING))
                    .endsWith("from time to time: it is not supported here");
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void when_the_system_lost_count_all_bytes_are_compared() throws IOException {
        try (PluginWatcher watcher = new PluginWatcher(
                new FolderChanges(plugins, List.of()),
                noting("slow.jar"),
                new FolderEvents(List.of(plugins)),
                Duration.ofHours(1),
                System::nanoTime)) {
            watcher.start();
            String known = write("a.jar", "known");
            await().until(() -> arrivals.contains(known));
            String slow = write("slow.jar", "slow");
            await().until(() -> arrivals.contains(slow));

            Path file = plugins.resolve("a.jar");
            FileTime time = Files.getLastModifiedTime(file);
            String other = write("a.jar", "KNOWN");
            Files.setLastModifiedTime(file, time);
            for (int i = 0; i < MANY; i++) {
                Files.createFile(plugins.resolve("." + i));
            }
            assertThat(arrivals).doesNotContain(other);
            gate.countDown();

            await().until(() -> arrivals.contains(other));
        } finally {
            gate.countDown();
        }
    }
}
