package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.versions.HostRecords;
import io.aitbc.openclaw.host.versions.Pin;
import io.aitbc.openclaw.host.versions.VersionRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** A host keeps to pins whatever lies in its folder, and its history tells what it used. */
@Timeout(60)
@Isolated("reads what others log too")
class PluginRecordsTest {
    @TempDir
    static Path jars;

    private static Path one;
    private static Path two;

    @TempDir
    Path folder;

    private Path plugins;
    private Path data;
    private VersionRecords records;

    @BeforeAll
    static void compile() throws IOException {
        one = TestingPlugin.of("verifier").jar(jars.resolve("1.jar"));
        two = TestingPlugin.of("verifier").version("2.0.0").jar(jars.resolve("2.jar"));
    }

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        data = folder.resolve("data");
        records = new VersionRecords(data, "ada", InstantSource.system());
    }

    private PluginHost watching(boolean downgrades) {
        PluginFolderOptions how = new PluginFolderOptions(
                        SignaturePolicy.OFF, List.of(), downgrades, false, Duration.ofHours(1))
                .withRecords(new HostRecords(data, "the host", InstantSource.system()));
        PluginHost host = PluginHost.start(PluginHostOptions.of(plugins, data).withFolder(how), List.of());
        host.watch();
        return host;
    }

    private void drop(Path jar) throws IOException {
        Path draft = Files.copy(jar, plugins.resolve(".a.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, plugins.resolve("a.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> active(PluginHost host) {
        return host.plugins().stream()
                .filter(status -> status.state() == PluginState.ACTIVE)
                .map(PluginStatus::version)
                .toList();
    }

    private List<String> history() {
        return records.history(100).reversed().stream()
                .map(entry -> "%s %s>%s by %s".formatted(entry.action(), entry.from(), entry.to(), entry.by()))
                .toList();
    }

    @Test
    void a_dropped_version_outside_the_pin_is_refused_until_it_is_unpinned() throws IOException {
        drop(one);
        try (PluginHost host = watching(false)) {
            Pin _ = records.pin("verifier", "1.0.0", "audited");
            drop(two);
            await().untilAsserted(() -> assertThat(host.plugins())
                    .anySatisfy(status -> assertThat(status.failure().orElse(""))
                            .contains("2.0.0 is outside the pin 1.0.0 (audited); `plugins unpin verifier`")));
            assertThat(active(host)).containsExactly("1.0.0");

            Pin _ = records.unpin("verifier");
            await().untilAsserted(() -> assertThat(active(host)).containsExactly("2.0.0"));
        }
    }

    @Test
    void what_is_in_use_when_it_is_pinned_elsewhere_stays_and_a_start_keeps_to_the_pin() throws IOException {
        drop(two);
        watching(false).close();
        Pin _ = records.pin("verifier", "~1.0", "2 is slow");
        try (PluginHost host = watching(false)) {
            assertThat(active(host)).containsExactly("2.0.0");
            assertThat(host.plugins().getFirst().warnings())
                    .singleElement()
                    .asString()
                    .contains("outside the pin ~1.0 (2 is slow)");
        }
        PluginHost.forgetLastGood(data, "verifier");
        try (PluginHost host = watching(false)) {
            assertThat(active(host)).isEmpty();
        }
    }

    @Test
    void one_line_tells_of_each_file_and_how_long_each_step_took() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger("io.aitbc.openclaw.plugins");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try (PluginHost host = watching(false)) {
            drop(one);
            await().untilAsserted(() -> assertThat(active(host)).containsExactly("1.0.0"));
            Files.writeString(plugins.resolve("a.jar"), "rubbish");
            await().until(() -> log.list.size() == 2);
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }
        assertThat(log.list.getFirst().getFormattedMessage()).isEqualTo("plugin verifier active");
        assertThat(String.valueOf(log.list.getFirst().getKeyValuePairs()))
                .matches(".*steps=.seen \\d+ ms, stable \\d+ ms, verified \\d+ ms, staged \\d+ ms, resolved \\d+ ms,"
                        + " started \\d+ ms, probed \\d+ ms, active \\d+ ms.*");
        assertThat(log.list.getLast().getFormattedMessage())
                .startsWith("plugin failed source=a.jar")
                .contains("not a readable jar", "steps=seen ")
                .endsWith(" ms");
    }

    @Test
    void what_comes_goes_and_is_exchanged_is_in_the_history() throws IOException {
        drop(one);
        try (PluginHost host = watching(true)) {
            drop(two);
            await().untilAsserted(() -> assertThat(active(host)).containsExactly("2.0.0"));
            drop(one);
            await().untilAsserted(() -> assertThat(active(host)).containsExactly("1.0.0"));
            Files.delete(plugins.resolve("a.jar"));
            await().untilAsserted(() -> assertThat(active(host)).isEmpty());
        }
        drop(one);
        watching(true).close();
        Files.writeString(plugins.resolve("a.jar"), "rubbish");
        try (PluginHost host = watching(true)) {
            assertThat(active(host)).containsExactly("1.0.0");
        }
        assertThat(history())
                .containsExactly(
                        "LOADED >1.0.0 by the host",
                        "REPLACED 1.0.0>2.0.0 by the host",
                        "DOWNGRADED 2.0.0>1.0.0 by the host",
                        "UNLOADED 1.0.0> by the host",
                        "LOADED >1.0.0 by the host",
                        "RECALLED >1.0.0 by the host");
        assertThat(records.history(1).getFirst().note())
                .startsWith("a.jar, SHA-256 ")
                .endsWith("unsigned");
    }
}
