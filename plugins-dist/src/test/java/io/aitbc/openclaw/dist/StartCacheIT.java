package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorded start of an installation that somebody unpacked. */
@Timeout(600)
@Order(1) // the longest one, which gives way to all others: whatever comes last would wait for it
class StartCacheIT {
    private static final Duration RECORDED = Duration.ofSeconds(400);

    @TempDir
    private Path scratch;

    @Test
    void the_first_start_records_the_second_uses_it_and_a_changed_jar_makes_it_record_anew() throws Exception {
        Installation installation = new Installation(scratch, unpacked());
        Path cache = Files.createDirectory(installation.home().resolve("cache"));
        // What a recording leaves behind that was killed.
        String name = "start-" + System.getProperty("java.runtime.version");
        Path lock = Files.writeString(cache.resolve(name + ".lock"), "999999999\n");
        Path draft = Files.writeString(cache.resolve(name + ".new-999999999"), "half a file");

        assertThat(start(installation)).contains("not prepared");
        try (RunningHost first = installation.serve("--aitbc", "off")) {
            await().atMost(RECORDED).until(() -> recorded(cache).isPresent());
            await().atMost(RECORDED).until(() -> !Files.exists(lock));
            assertThat(draft).doesNotExist();
            assertThat(first.terminate()).as(first.errors()).isZero();
            assertThat(first.errors()).isEmpty();
        }
        Path file = recorded(cache).orElseThrow();

        assertThat(start(installation))
                .contains("prepared, with")
                .contains(file.getFileName().toString());
        try (RunningHost second = installation.serve("--aitbc", "off")) {
            assertThat(second.terminate()).as(second.errors()).isZero();
            assertThat(second.errors()).isEmpty();
        }
        assertThat(file).exists();

        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        startsWithout(installation, file);
        Files.write(file, new byte[4096]);
        startsWithout(installation, file);
        // As a disk may leave it: all of it is there, half of it is empty. A JVM that believes it dies, but only once.
        Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, whole.length / 2), whole.length));
        boolean died =
                installation.run("doctor", "--aitbc", "off", "--port", "0").exitCode() != 0;
        assertThat(Files.exists(file)).isNotEqualTo(died);
        assertThat(start(installation)).contains("not prepared");

        Files.write(file, whole);
        assertThat(start(installation)).contains("prepared, with");
        Path jar = ourJar(installation.home().resolve("lib"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        assertThat(start(installation)).contains("not prepared: ");
        try (RunningHost third = installation.serve("--aitbc", "off")) {
            await().until(() -> !Files.exists(file));
            assertThat(third.terminate()).as(third.errors()).isZero();
            assertThat(third.errors()).isEmpty();
        }
        try (RunningHost fourth = installation.serve("--aitbc", "off")) {
            await().until(() -> Files.exists(lock) && Files.size(lock) > 0);
            assertThat(fourth.terminate()).isZero();
        }
        stop(lock);
    }

    /** It records as it did the first time; nothing waits for that once more. */
    private static void stop(Path lock) throws IOException {
        ProcessHandle recording =
                ProcessHandle.of(Long.parseLong(Files.readString(lock).strip())).orElseThrow();
        List<ProcessHandle> all = recording.descendants().toList();
        boolean _ = recording.destroy();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(RECORDED).until(() -> !Files.exists(lock));
    }

    /** A damaged one is neither used nor kept, and nothing is said. */
    private static void startsWithout(Installation installation, Path file) throws IOException, InterruptedException {
        assertThat(start(installation)).contains("not prepared: " + file);
        try (RunningHost host = installation.serve("--aitbc", "off")) {
            await().until(() -> !Files.exists(file));
            assertThat(host.terminate()).as(host.errors()).isZero();
            assertThat(host.errors()).isEmpty();
        }
    }

    private static String start(Installation installation) throws IOException, InterruptedException {
        String out = installation.run("doctor", "--aitbc", "off", "--port", "0").out();
        return out.lines()
                .filter(line -> line.startsWith("start "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out));
    }

    @Test
    void without_a_home_directory_nothing_is_kept_where_others_can_write() throws Exception {
        assertThat(cacheOf(Map.of())).isEmpty();
        assertThat(cacheOf(Map.of("HOME", "/nowhere/me"))).startsWith("/nowhere/me/.cache/openclaw-aitbc/");
        assertThat(cacheOf(Map.of("HOME", "/nowhere/me", "XDG_CACHE_HOME", "/fast")))
                .startsWith("/fast/openclaw-aitbc/");
    }

    /** Where the launcher of an installation that cannot be written to looks. */
    private String cacheOf(Map<String, String> environment) throws IOException, InterruptedException {
        Path script = new Installation(scratch).home().resolve("bin/start-cache.sh");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "-c", "home=/nowhere jdk_runtime=25; . \"$0\"; echo \"$cache\"", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(List.of("HOME", "XDG_CACHE_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out.strip();
    }

    private static Optional<Path> recorded(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".aot")).findFirst();
        }
    }

    private static Path ourJar(Path lib) throws IOException {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("host"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path unpacked() throws IOException, InterruptedException {
        Path archive;
        try (Stream<Path> files = Files.list(Installation.target())) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Process tar = new ProcessBuilder(List.of("tar", "-xzf", archive.toString(), "-C", scratch.toString()))
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        try (Stream<Path> folders = Files.list(scratch)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("bin")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
