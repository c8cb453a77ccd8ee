package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Host and command killed (SIGKILL) while plugins are replaced under running streams: the host starts again with all plugins, each
 * in its old or its new version, and signatures are required all the time. The profile {@code soak} kills 50 times;
 * {@code -Dopenclaw.seed=N} picks other moments.
 */
class CrashIT {
    private static final boolean SOAK = Boolean.getBoolean("openclaw.soak");
    private static final int KILLS = SOAK ? 50 : 6;
    private static final long SEED = Long.getLong("openclaw.seed", 20261125L);
    private static final List<String> PLUGINS = List.of("marketplace", "skill-router", "zk");
    private static final List<String> VERSIONS = List.of("0.2.0", "0.3.0");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What is seen before the kill, which comes up to some milliseconds later. */
    private enum Moment {
        FETCHING(60),
        TRYING(600),
        SIGNATURE_PLACED(2),
        FILE_PLACED(4),
        HANDING_OVER(60),
        STAGED(40),
        DRAINING(20),
        FILE_DROPPED(250),
        BAD_FILE_DROPPED(250);

        private final int spread;

        Moment(int spread) {
            this.spread = spread;
        }

        boolean isDrop() {
            return this == FILE_DROPPED || this == BAD_FILE_DROPPED;
        }
    }

    private enum Victim {
        HOST,
        COMMAND,
        BOTH
    }

    @TempDir
    private Path scratch;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(SEED);
    private final AtomicBoolean asking = new AtomicBoolean();
    private final Set<Moment> reached = EnumSet.noneOf(Moment.class);
    private Path plugins;
    private Path repository;

    @BeforeEach
    void offerTwoVersionsOfEach() throws Exception {
        plugins = Files.createDirectory(scratch.resolve("plugins"));
        repository = Files.createDirectory(scratch.resolve("repository"));
        try (Stream<Path> shipped = Files.list(new Installation(scratch).home().resolve("plugins"))) {
            for (Path file : shipped.filter(Files::isRegularFile).toList()) {
                Files.copy(file, plugins.resolve(file.getFileName()));
            }
        }
        List<String> offered = new ArrayList<>();
        for (String id : PLUGINS) {
            for (String version : VERSIONS) {
                Path file = offer(id, version);
                PluginEditions.withVersion(plugins.resolve(id + ".zip"), version, file);
                offered.add(file.toString());
            }
        }
        String key = scratch.resolve("key.pem").toString();
        done("plugins", "keygen", key);
        done(Stream.concat(Stream.of("plugins", "sign", "--key", key), offered.stream())
                .toArray(String[]::new));
        done("plugins", "trust", "--data", data().toString(), key + ".pub");
        done("plugins", "index", repository.toString());
        for (String id : PLUGINS) {
            place(id, VERSIONS.getFirst());
        }
    }

    private Path data() {
        return scratch.resolve("data");
    }

    private Path offer(String id, String version) {
        return repository.resolve(id + "-" + version + ".zip");
    }

    private static Path signature(Path file) {
        return file.resolveSibling(file.getFileName() + ".sig");
    }

    private void done(String... arguments) throws Exception {
        Installation.Ended ended = new Installation(scratch).run(arguments);
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    }

    private RunningHost serve() throws IOException {
        return new Installation(scratch)
                .serve("--plugins", plugins.toString(), "--aitbc", "off", "--log-level", "info");
    }

    private String[] upgrade(String id, String version) {
        return new String[] {
            "plugins",
            "upgrade",
            id,
            "--to",
            version,
            "--allow-downgrade",
            "--repository",
            repository.toString(),
            "--plugins",
            plugins.toString(),
            "--data",
            data().toString(),
            "--aitbc",
            "off"
        };
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void a_host_starts_with_its_last_good_plugins_whenever_it_or_a_command_was_killed() throws Exception {
        List<Moment> moments = moments();
        RunningHost host = serve();
        try {
            Map<String, String> good = active(host);
            assertThat(good).containsKeys(PLUGINS.toArray(String[]::new));
            for (int kill = 0; kill < KILLS; kill++) {
                String id = PLUGINS.get(random.nextInt(PLUGINS.size()));
                String to = other(id);
                Moment moment = moments.get(kill);
                String before = good.get(id);
                Victim victim = moment.isDrop() ? Victim.HOST : Victim.values()[random.nextInt(3)];
                String what =
                        "kill %d of seed %d: %s, %s %s -> %s, %s".formatted(kill, SEED, victim, id, before, to, moment);
                if (SOAK) {
                    System.out.println(what);
                }
                asking.set(true);
                List<Thread> streams = List.of(stream(host), stream(host));
                if (moment.isDrop()) {
                    drop(host, id, to, moment);
                } else {
                    change(host, id, to, moment, victim);
                }
                asking.set(false);
                host.kill();
                for (Thread thread : streams) {
                    thread.join();
                }
                host = serve();
                good = check(host, good, id, to, what);
                if (moment == Moment.BAD_FILE_DROPPED) {
                    assertThat(good).as(what).containsEntry(id, before);
                }
                if (Files.mismatch(plugins.resolve(id + ".zip"), offer(id, good.get(id))) >= 0) {
                    place(id, good.get(id)); // what came in place of a bad file or of a downgrade that was not finished
                }
            }
            Set<Moment> lasting = EnumSet.copyOf(moments.subList(0, KILLS));
            lasting.remove(Moment.SIGNATURE_PLACED); // over before a busy machine lets this process look
            assertThat(reached).containsAll(lasting);
            finish(host);
            host.kill();
            host = serve();
            assertNothingIsLeft(host);
        } finally {
            host.close();
        }
    }

    /** All of them, in another order for each seed, and again. */
    private List<Moment> moments() {
        List<Moment> all = new ArrayList<>();
        while (all.size() < KILLS) {
            List<Moment> round = new ArrayList<>(List.of(Moment.values()));
            Collections.shuffle(round, random);
            all.addAll(round);
        }
        return all;
    }

    /** Asks for one answer after the other; what the kill does to them is no failure. */
    private Thread stream(RunningHost host) {
        return Thread.ofVirtual().start(() -> {
            while (asking.get()) {
                try {
                    String _ = generate(host, 64);
                } catch (IOException e) {
                    return;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private String generate(RunningHost host, int tokens) throws IOException, InterruptedException {
        String body = "{\"model\":\"wren-tiny\",\"prompt\":\"Once upon a time\",\"options\":{\"num_predict\":" + tokens
                + "}}";
        return client.send(
                        HttpRequest.newBuilder(URI.create(host.url() + "/api/generate"))
                                .timeout(PATIENCE)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The version that does not lie in the folder. */
    private String other(String id) throws IOException {
        boolean first = Files.mismatch(plugins.resolve(id + ".zip"), offer(id, VERSIONS.getFirst())) < 0;
        return VERSIONS.get(first ? 1 : 0);
    }

    /** By a command, which may be a victim as well. */
    private void change(RunningHost host, String id, String to, Moment moment, Victim victim) throws Exception {
        Path log = scratch.resolve("upgrade.log");
        Path file = plugins.resolve(id + ".zip");
        Object before = identity(file);
        int saidBefore = count(host, id);
        Path copy = data().resolve("generations").resolve(PluginEditions.sha256(offer(id, to)));
        Process command = new Installation(scratch).process(log, upgrade(id, to));
        BooleanSupplier condition = switch (moment) {
            case FETCHING -> () -> said(log, "fetching");
            case TRYING -> () -> said(log, "trying");
            case SIGNATURE_PLACED -> () -> Files.exists(plugins.resolve(id + ".zip.sig.next"));
            case FILE_PLACED -> () -> !before.equals(identity(file));
            case HANDING_OVER -> () -> said(log, "handing over");
            case STAGED -> () -> Files.exists(copy);
            case DRAINING -> () -> count(host, id) > saidBefore;
            case FILE_DROPPED, BAD_FILE_DROPPED -> throw new IllegalArgumentException(moment.toString());
        };
        boolean seen = condition.getAsBoolean();
        while (!seen && command.isAlive()) {
            Thread.onSpinWait(); // some of these moments last a millisecond
            seen = condition.getAsBoolean();
        }
        if (seen) {
            reached.add(moment);
        }
        pass(command, moment);
        if (victim != Victim.COMMAND) {
            host.kill();
        }
        if (victim == Victim.HOST) {
            assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        command.destroyForcibly().waitFor();
        if (victim == Victim.COMMAND) {
            assertThat(generate(host, 1)).contains("\"done\":true");
        }
    }

    private void pass(Process process, Moment moment) throws InterruptedException {
        boolean _ = process.waitFor(random.nextInt(1 + moment.spread * 1000), TimeUnit.MICROSECONDS);
    }

    /** As an operator does, by hand. */
    private void drop(RunningHost host, String id, String version, Moment moment) throws Exception {
        if (moment == Moment.BAD_FILE_DROPPED) {
            move(Files.write(plugins.resolve(".bad"), new byte[random.nextInt(5_000)]), plugins.resolve(id + ".zip"));
        } else {
            place(id, version);
        }
        reached.add(moment);
        pass(host.process(), moment);
    }

    private void place(String id, String version) throws IOException {
        Path offered = offer(id, version);
        Path target = plugins.resolve(id + ".zip");
        move(Files.copy(signature(offered), plugins.resolve(".draft.sig")), signature(target));
        move(Files.copy(offered, plugins.resolve(".draft")), target);
    }

    private static void move(Path from, Path to) throws IOException {
        Path _ = Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Object identity(Path file) {
        try {
            return Files.readAttributes(file, "unix:ino").get("ino");
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean said(Path log, String word) {
        try {
            return Files.readString(log).contains(word);
        } catch (IOException e) {
            return false;
        }
    }

    /** How often the host has said that the plugin is being drained. */
    private static int count(RunningHost host, String id) {
        try {
            return host.errors().split("plugin " + id + " draining", -1).length;
        } catch (IOException e) {
            return 0;
        }
    }

    private Map<String, String> check(RunningHost host, Map<String, String> before, String id, String to, String what)
            throws Exception {
        Map<String, String> now = active(host);
        assertThat(now.keySet()).as(what + host.errors()).isEqualTo(before.keySet());
        now.forEach((plugin, version) -> {
            if (plugin.equals(id)) {
                assertThat(version).as(what).isIn(before.get(id), to);
            } else {
                assertThat(version).as(what + " " + plugin).isEqualTo(before.get(plugin));
            }
        });
        assertThat(generate(host, 2)).as(what).contains("\"done\":true");
        return now;
    }

    private Map<String, String> active(RunningHost host) throws Exception {
        Map<String, String> versions = new TreeMap<>();
        for (JsonNode row : rows(host)) {
            if (row.path("state").asString().equals("ACTIVE")) {
                versions.put(row.path("id").asString(), row.path("version").asString());
            }
        }
        return versions;
    }

    private List<JsonNode> rows(RunningHost host) throws IOException, InterruptedException {
        String body = client.send(
                        HttpRequest.newBuilder(URI.create(host.url() + "/api/v1/openclaw/plugins"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return json.readTree(body).path("plugins").valueStream().toList();
    }

    /** After all that, plugins can be changed as ever. */
    private void finish(RunningHost host) throws Exception {
        for (String id : SOAK ? PLUGINS : PLUGINS.subList(0, 1)) {
            String to = other(id);
            Path file = plugins.resolve(id + ".zip");
            done(upgrade(id, to));
            assertThat(file).hasSameBinaryContentAs(offer(id, to));
            assertThat(signature(file)).hasSameBinaryContentAs(signature(offer(id, to)));
            assertThat(active(host)).containsEntry(id, to);
        }
    }

    private void assertNothingIsLeft(RunningHost host) throws Exception {
        try (Stream<Path> left = Files.list(plugins)) {
            assertThat(left.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .allMatch(name -> name.endsWith(".zip") || name.endsWith(".zip.sig"));
        }
        await().untilAsserted(() -> {
            List<String> used = rows(host).stream()
                    .map(row -> row.path("sha256").asString())
                    .toList();
            try (Stream<Path> copies = Files.list(data().resolve("generations"))) {
                assertThat(copies.map(copy -> copy.getFileName().toString()).filter(name -> !name.startsWith(".lock")))
                        .isSubsetOf(used);
            }
        });
    }
}
