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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proof plugin is replaced while a program that never ends makes a proof for it. */
@Timeout(180)
class ProverSwapIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Long enough to see the new version work while the old one still proves. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path scratch;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private Path plugins;
    private Path notes;

    @BeforeEach
    void copyPlugins() throws IOException {
        plugins = Files.createDirectory(scratch.resolve("plugins"));
        notes = scratch.resolve("notes");
        Path zip = new Installation(scratch).home().resolve("plugins/zk.zip");
        Files.copy(zip, plugins.resolve("zk.zip"));
    }

    @AfterEach
    void endProver() throws IOException {
        http.close();
        for (ProcessHandle process : prover()) {
            boolean _ = process.destroyForcibly();
        }
    }

    /** The first time it starts another program and waits for it; from then on it has a proof at once. */
    private Path proverScript() throws IOException {
        Path file = Files.writeString(scratch.resolve("prover.sh"), """
                #!/bin/sh
                if mkdir %2$s.first; then
                  sleep 600 &
                  echo $$ $! > %2$s.part && mv %2$s.part %2$s
                  wait
                fi
                cp %1$s/proof.json "$3"
                cp %1$s/public.json "$4"
                """.formatted(ProofBundles.SUMS, notes));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Those of its processes that run. */
    private List<ProcessHandle> prover() throws IOException {
        return Files.exists(notes)
                ? Stream.of(Files.readString(notes).strip().split(" "))
                        .map(id -> ProcessHandle.of(Long.parseLong(id)))
                        .flatMap(Optional::stream)
                        .filter(ProcessHandle::isAlive)
                        .toList()
                : List.of();
    }

    private RunningHost serve() throws Exception {
        return new Installation(scratch)
                .serve(
                        "--plugins",
                        plugins.toString(),
                        "--aitbc",
                        "off",
                        "--set",
                        "plugins-signatures=off",
                        "--set",
                        "plugins-drain-limit=%dms".formatted(DRAIN_LIMIT.toMillis()),
                        "--set",
                        "plugins.zk.external-prover=" + proverScript(),
                        "--set",
                        "plugins.zk.circuits.sums.bundle=" + ProofBundles.SUMS,
                        "--set",
                        "plugins.zk.circuits.sums.bundle-sha256=" + ProofBundles.sumsHash());
    }

    @Test
    void old_version_is_closed_at_the_drain_limit_with_its_prover_and_the_new_one_proves() throws Exception {
        try (RunningHost host = serve()) {
            String endless = submit(host);
            await().atMost(PATIENCE).until(() -> prover().size() == 2);
            List<ProcessHandle> processes = prover();

            Path next = plugins.resolve(".next");
            PluginEditions.withVersion(plugins.resolve("zk.zip"), "0.2.0", next);
            Path _ = Files.move(
                    next,
                    plugins.resolve("zk.zip"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            await().atMost(PATIENCE).until(() -> states(host).contains("0.2.0 ACTIVE"));
            long swapped = System.nanoTime();
            String quick = submit(host);
            await().atMost(PATIENCE)
                    .until(() -> job(host, quick).path("state").asString().equals("done"));
            assertThat(job(host, quick).path("proof").path("prover").asString()).contains("prover.sh");

            await().atMost(PATIENCE).until(() -> !isRunning(job(host, endless)));
            assertThat(Duration.ofNanos(System.nanoTime() - swapped))
                    .as("from the swap to the end of the old version's proof")
                    .isLessThan(DRAIN_LIMIT.plusSeconds(20));
            JsonNode ended = job(host, endless);
            assertThat(ended.path("state").asString()).isEqualTo("failed");
            assertThat(ended.path("code").asString()).isEqualTo("PLUGIN_UNAVAILABLE");
            assertThat(ended.path("error").asString())
                    .isEqualTo("The plugin was unloaded while it worked on proof; try again");
            for (ProcessHandle process : processes) {
                await().atMost(PATIENCE).until(() -> !process.isAlive());
            }
            assertThat(states(host)).containsExactly("0.2.0 ACTIVE");
            await().atMost(PATIENCE).until(() -> isCollected(host));
            assertThat(host.terminate()).as(host.errors()).isZero();
        }
    }

    private static boolean isRunning(JsonNode job) {
        return List.of("queued", "witness", "proving", "checking")
                .contains(job.path("state").asString());
    }

    private String submit(RunningHost host) throws Exception {
        String witness =
                Base64.getEncoder().encodeToString(Files.readAllBytes(ProofBundles.SUMS.resolve("witness.wtns")));
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(host.url() + "/api/v1/openclaw/proofs/jobs"))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"circuit\":\"sums\",\"witness\":\"%s\"}".formatted(witness)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body()).path("id").asString();
    }

    private JsonNode job(RunningHost host, String id) throws Exception {
        return get(host, "proofs/jobs/" + id);
    }

    private List<String> states(RunningHost host) throws Exception {
        return get(host, "plugins")
                .path("plugins")
                .valueStream()
                .map(it ->
                        it.path("version").asString() + " " + it.path("state").asString())
                .toList();
    }

    /** Of what was unloaded nothing is in memory. */
    private boolean isCollected(RunningHost host) throws Exception {
        Tools.run(
                scratch,
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(host.process().pid()),
                "GC.run");
        List<JsonNode> unloaded =
                get(host, "plugins").path("unloaded").valueStream().toList();
        return unloaded.size() == 1
                && unloaded.getFirst().path("version").asString().equals("0.1.0")
                && unloaded.getFirst().path("state").asString().equals("COLLECTED");
    }

    private JsonNode get(RunningHost host, String path) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(host.url() + "/api/v1/openclaw/" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body());
    }
}
