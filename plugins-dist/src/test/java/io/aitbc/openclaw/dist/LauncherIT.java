package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that start the host, with JDKs that only tell what they were asked to do. */
@Timeout(60)
class LauncherIT {
    private static final String JAVA = """
            #!/bin/sh
            for argument in "$@"; do
              case "$argument" in
                -XX:AOTCacheOutput=*) echo recorded >"${argument#*=}" ;;
              esac
              echo "$argument"
            done
            """;
    private static final String EVERYBODY = "rwxr-xr-x";

    @TempDir
    private Path scratch;

    private Path home;
    private Path users;

    private record Ended(int exitCode, List<String> out, List<String> err) {
        /** The recorded start that the JVM was given. */
        List<String> cache() {
            return out.stream()
                    .filter(line -> line.startsWith("-XX:AOTCache="))
                    .map(line -> line.substring("-XX:AOTCache=".length()))
                    .toList();
        }
    }

    @BeforeEach
    void install() throws IOException {
        allow(scratch, EVERYBODY);
        home = folder(scratch.resolve("opt"));
        users = folder(scratch.resolve("users"));
        allow(users, "rwxrwxrwx");
        Path bin = folder(home.resolve("bin"));
        try (Stream<Path> scripts = Files.list(new Installation(scratch).home().resolve("bin"))) {
            for (Path script : scripts.toList()) {
                allow(Files.copy(script, bin.resolve(script.getFileName())), EVERYBODY);
            }
        }
    }

    private static Path folder(Path folder) throws IOException {
        return allow(Files.createDirectory(folder), EVERYBODY);
    }

    private static Path allow(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private Path jdk(String version) throws IOException {
        Path jdk = folder(scratch.resolve("jdk-" + version));
        Path bin = folder(jdk.resolve("bin"));
        allow(Files.writeString(bin.resolve("java"), JAVA), EVERYBODY);
        allow(Files.writeString(bin.resolve("javac"), JAVA), EVERYBODY);
        Files.writeString(
                jdk.resolve("release"),
                "JAVA_VERSION=\"%s\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\n".formatted(version, version));
        return jdk;
    }

    private Ended run(Path jdk, String options, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, home.resolve("bin").resolve(command[0]).toString());
        return run(jdk, options, words);
    }

    private Ended run(Path jdk, String options, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "out", ".txt");
        Path err = Files.createTempFile(scratch, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("OPENCLAW_"));
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("OPENCLAW_JAVA_OPTS", options);
        environment.put("OPENCLAW_PREPARE_START", "off");
        environment.put("XDG_CACHE_HOME", users.toString());
        return new Ended(builder.start().waitFor(), Files.readAllLines(out), Files.readAllLines(err));
    }

    private List<String> recorded(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("start-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void each_jdk_and_each_set_of_options_has_a_recorded_start_of_its_own() throws Exception {
        Path first = jdk("25.0.1");
        Path cache = home.resolve("cache");
        assertThat(run(first, "", "openclaw-aitbc", "doctor").cache()).isEmpty();
        assertThat(run(first, "", "prepare-start").out())
                .singleElement()
                .asString()
                .endsWith("are prepared");
        assertThat(run(first, "", "openclaw-aitbc", "doctor").cache())
                .containsExactly(cache.resolve("start-25.0.1+1.aot").toString());

        Ended other = run(first, "-Xmx1g -Xss2m", "openclaw-aitbc", "doctor");
        assertThat(other.cache()).as("recorded with other options").isEmpty();
        assertThat(other.out()).contains("-Xmx1g", "-Xss2m", "doctor");
        assertThat(run(first, "-Xmx1g -Xss2m", "prepare-start").exitCode()).isZero();
        assertThat(recorded(cache)).hasSize(2);

        Path second = jdk("25.0.2");
        assertThat(run(second, "", "openclaw-aitbc", "doctor").cache())
                .as("another JDK")
                .isEmpty();
        assertThat(run(second, "", "prepare-start").exitCode()).isZero();
        assertThat(recorded(cache)).as("those of the old JDK are gone").containsExactly("start-25.0.2+1.aot");
        assertThat(run(first, "", "openclaw-aitbc", "doctor").exitCode()).isZero();
    }

    @Test
    void an_installation_that_cannot_be_written_to_keeps_it_with_the_user() throws Exception {
        List<String> asSomebody = somebody();
        Path jdk = jdk("25.0.1");
        Path bin = home.resolve("bin");

        List<String> prepare = new ArrayList<>(asSomebody);
        prepare.add(bin.resolve("prepare-start").toString());
        Ended prepared = run(jdk, "", prepare);
        List<String> start = new ArrayList<>(asSomebody);
        start.addAll(List.of(bin.resolve("openclaw-aitbc").toString(), "doctor"));
        Ended started = run(jdk, "", start);

        assertThat(prepared.err()).isEmpty();
        assertThat(started.exitCode()).as(started.err().toString()).isZero();
        String name = home.toString().replace('/', '%');
        Path file = users.resolve("openclaw-aitbc").resolve(name).resolve("start-25.0.1+1.aot");
        assertThat(started.cache()).containsExactly(file.toString());
        assertThat(started.out())
                .as("which the JVM reads as a pattern")
                .contains("-XX:OnError=rm -f '%s'".formatted(file.toString().replace("%", "%%")));
        assertThat(home.resolve("cache")).doesNotExist();
    }

    /** How to run something as one who may not write into the installation. */
    private List<String> somebody() throws IOException {
        allow(home, "r-xr-xr-x");
        if (!Files.isWritable(home)) {
            return List.of();
        }
        List<String> path = Arrays.asList(System.getenv("PATH").split(":"));
        assumeTrue(path.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, "setpriv"))), "no setpriv");
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }

    @Test
    void where_none_can_be_kept_the_host_starts_without_and_one_line_says_so() throws Exception {
        Path jdk = jdk("25.0.1");
        Files.writeString(home.resolve("cache"), "in the way");

        Ended prepared = run(jdk, "", "prepare-start");
        Ended started = run(jdk, "", "openclaw-aitbc", "doctor");

        assertThat(prepared.exitCode()).isZero();
        assertThat(prepared.err()).singleElement().asString().contains("could not be prepared", "cannot be written");
        assertThat(started.exitCode()).isZero();
        assertThat(started.out()).contains("doctor");
        assertThat(started.err()).isEmpty();
        assertThat(started.cache()).isEmpty();
    }
}
