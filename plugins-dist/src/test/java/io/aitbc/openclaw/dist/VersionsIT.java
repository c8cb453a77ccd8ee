package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The plugins that were assembled, and upgrades of them under a host that runs. */
class VersionsIT {
    @TempDir
    private Path scratch;

    private final JsonMapper json = new JsonMapper();
    private Path plugins;
    private Path repository;

    @BeforeEach
    void copyPlugins() throws Exception {
        plugins = Files.createDirectory(scratch.resolve("plugins"));
        repository = Files.createDirectory(scratch.resolve("repository"));
        for (Path zip : zips(new Installation(scratch).home().resolve("plugins"))) {
            Files.copy(zip, plugins.resolve(zip.getFileName()));
            Path signature = zip.resolveSibling(zip.getFileName() + ".sig");
            Files.copy(signature, plugins.resolve(signature.getFileName()));
        }
    }

    private void offerAnother() throws Exception {
        PluginEditions.withVersion(plugins.resolve("zk.zip"), "0.2.0", repository.resolve("zk-0.2.0.zip"));
        sign(repository.resolve("zk-0.2.0.zip"));
        index();
    }

    /** With a key of its own, which the host with this test's data trusts. */
    private void sign(Path... files) throws Exception {
        String key = scratch.resolve("key.pem").toString();
        if (Files.notExists(Path.of(key))) {
            String data = scratch.resolve("data").toString();
            assertThat(run("plugins", "keygen", key).exitCode()).isZero();
            Installation.Ended trusted = run("plugins", "trust", "--data", data, key + ".pub");
            assertThat(trusted.exitCode()).isZero();
            String id = trusted.out().replaceAll("(?s).*(ed25519:\\p{XDigit}+).*", "$1");
            // It takes the place of the key of the installation.
            assertThat(run("plugins", "consent", "--data", data, "zk", "--key", id)
                            .exitCode())
                    .isZero();
        }
        List<String> command = new ArrayList<>(List.of("plugins", "sign", "--key", key));
        Stream.of(files).map(Path::toString).forEach(command::add);
        assertThat(run(command.toArray(String[]::new)).exitCode()).isZero();
    }

    private void index() throws Exception {
        assertThat(run("plugins", "index", repository.toString()).exitCode()).isZero();
    }

    private Installation.Ended run(String... arguments) throws Exception {
        return new Installation(scratch).run(arguments);
    }

    private String[] upgrade(String id, String version) {
        return new String[] {
            "plugins",
            "upgrade",
            id,
            "--to",
            version,
            "--repository",
            repository.toString(),
            "--plugins",
            plugins.toString(),
            "--data",
            scratch.resolve("data").toString(),
            "--aitbc",
            "off"
        };
    }

    private static List<Path> zips(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".zip"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void repository_holds_what_is_installed_with_hashes_parts_and_licences() throws Exception {
        Path built = Installation.target().resolve("repository");
        JsonNode offered =
                json.readTree(Files.readString(built.resolve("index.json"))).path("plugins");

        assertThat(offered).hasSize(4);
        for (JsonNode plugin : offered) {
            Path file = built.resolve(plugin.path("file").asString());
            assertThat(file)
                    .hasFileName(plugin.path("id").asString() + "-"
                            + plugin.path("version").asString() + ".zip");
            assertThat(plugin.path("sha256").asString()).isEqualTo(PluginEditions.sha256(file));
            assertThat(plugin.path("size").asLong()).isEqualTo(Files.size(file));
            assertThat(plugins.resolve(plugin.path("id").asString() + ".zip")).hasSameBinaryContentAs(file);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                Map<String, String> used = json.readTree(text(zip, "sbom.cdx.json"))
                        .path("components")
                        .valueStream()
                        .collect(Collectors.toMap(
                                part -> part.path("name").asString() + "-"
                                        + part.path("version").asString() + ".jar",
                                part -> part.path("name").asString()));
                String licences = text(zip, "LICENSES.txt");
                assertThat(text(zip, "LICENSE")).contains("Apache License");
                zip.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                        .forEach(name -> {
                            String library = name.substring("lib/".length());
                            assertThat(used).as(file.toString()).containsKey(library);
                            assertThat(licences).contains(":" + used.get(library) + ":");
                        });
            }
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_running_host_answers_with_the_new_version_after_an_upgrade_and_the_history_says_so() throws Exception {
        offerAnother();
        try (RunningHost host = new Installation(scratch).serve("--plugins", plugins.toString(), "--aitbc", "off")) {
            assertThat(active(host)).contains("zk 0.1.0");

            Installation.Ended upgrade = run(upgrade("zk", "0.2.0"));

            assertThat(upgrade.exitCode()).as(upgrade.out() + upgrade.err()).isZero();
            assertThat(upgrade.out()).contains("zk is at 0.2.0");
            assertThat(active(host)).contains("zk 0.2.0").doesNotContain("zk 0.1.0");
            assertThat(plugins.resolve("zk.zip")).hasSameBinaryContentAs(repository.resolve("zk-0.2.0.zip"));
            assertThat(host.errors()).contains("plugin zk active", "steps=", "verified", "probed");
        }
        assertThat(history("zk"))
                .containsExactly(
                        "CONSENTED  ",
                        "LOADED  0.1.0",
                        "BEGUN 0.1.0 0.2.0",
                        "REPLACED 0.1.0 0.2.0",
                        "UPGRADED 0.1.0 0.2.0");
    }

    @Test
    void a_version_whose_service_does_not_start_or_gives_up_is_taken_back_under_a_running_host() throws Exception {
        Installation installation = new Installation(scratch);
        Path file = plugins.resolve("worker.jar");
        WorkingPlugin.good(installation, "1.0.0", file);
        WorkingPlugin.thatDoesNotStart(installation, "1.1.0", repository.resolve("worker-1.1.0.jar"));
        WorkingPlugin.thatGivesUp(installation, "1.2.0", repository.resolve("worker-1.2.0.jar"));
        sign(file, repository.resolve("worker-1.1.0.jar"), repository.resolve("worker-1.2.0.jar"));
        index();
        byte[] before = Files.readAllBytes(file);
        try (RunningHost host = installation.serve("--plugins", plugins.toString(), "--aitbc", "off")) {
            Installation.Ended first = run(upgrade("worker", "1.1.0"));
            Installation.Ended second = run(upgrade("worker", "1.2.0"));

            assertThat(first.exitCode()).isEqualTo(1);
            assertThat(first.out()).contains("worker stays at 1.0.0", "its service 'worker' does not start");
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.out()).contains("worker stays at 1.0.0: its service 'worker' fails: out of order");
            assertThat(active(host)).contains("worker 1.0.0");
            assertThat(file).hasBinaryContent(before);
            Installation.Ended services =
                    run("services", "--data", scratch.resolve("data").toString());
            assertThat(services.out()).contains("worker", "works");
            assertThat(services.exitCode()).isZero();
        }
        assertThat(history("worker"))
                .containsExactly(
                        "LOADED  1.0.0",
                        "BEGUN 1.0.0 1.1.0",
                        "ROLLED_BACK 1.1.0 1.0.0",
                        "BEGUN 1.0.0 1.2.0",
                        "REPLACED 1.0.0 1.2.0",
                        "DOWNGRADED 1.2.0 1.0.0",
                        "ROLLED_BACK 1.2.0 1.0.0");
    }

    /** The oldest first. */
    private List<String> history(String id) throws Exception {
        Installation.Ended history = run(
                "plugins",
                "history",
                "--json",
                "--data",
                scratch.resolve("data").toString());
        return json.readTree(history.out())
                .path("history")
                .valueStream()
                .filter(row -> row.path("plugin").asString().equals(id))
                .map(row -> row.path("action").asString() + " "
                        + row.path("from").asString() + " "
                        + row.path("to").asString())
                .toList()
                .reversed();
    }

    private List<String> active(RunningHost host) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(
                            HttpRequest.newBuilder(URI.create(host.url() + "/api/v1/openclaw/plugins"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return json.readTree(body)
                    .path("plugins")
                    .valueStream()
                    .filter(row -> row.path("state").asString().equals("ACTIVE"))
                    .map(row -> row.path("id").asString() + " "
                            + row.path("version").asString())
                    .toList();
        }
    }
}
