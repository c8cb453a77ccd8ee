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
    void copyPluginsAndOfferAnother() throws Exception {
        plugins = Files.createDirectory(scratch.resolve("plugins"));
        repository = Files.createDirectory(scratch.resolve("repository"));
        for (Path zip : zips(new Installation(scratch).home().resolve("plugins"))) {
            Files.copy(zip, plugins.resolve(zip.getFileName()));
            Path signature = zip.resolveSibling(zip.getFileName() + ".sig");
            Files.copy(signature, plugins.resolve(signature.getFileName()));
        }
        PluginEditions.withVersion(plugins.resolve("zk.zip"), "0.2.0", repository.resolve("zk-0.2.0.zip"));
        sign(repository.resolve("zk-0.2.0.zip"));
        index();
    }

    /** With a key of its own, which the host with this test's data trusts. */
    private void sign(Path file) throws Exception {
        String key = scratch.resolve("key.pem").toString();
        String data = scratch.resolve("data").toString();
        assertThat(run("plugins", "keygen", key).exitCode()).isZero();
        assertThat(run("plugins", "sign", "--key", key, file.toString()).exitCode())
                .isZero();
        Installation.Ended trusted = run("plugins", "trust", "--data", data, key + ".pub");
        assertThat(trusted.exitCode()).isZero();
        String id = trusted.out().replaceAll("(?s).*(ed25519:\\p{XDigit}+).*", "$1");
        assertThat(run("plugins", "consent", "--data", data, "zk", "--key", id).exitCode())
                .isZero();
    }

    private void index() throws Exception {
        assertThat(run("plugins", "index", repository.toString()).exitCode()).isZero();
    }

    private Installation.Ended run(String... arguments) throws Exception {
        return new Installation(scratch).run(arguments);
    }

    private String[] upgrade() {
        return new String[] {
            "plugins",
            "upgrade",
            "zk",
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
        try (RunningHost host = new Installation(scratch).serve("--plugins", plugins.toString(), "--aitbc", "off")) {
            assertThat(active(host)).contains("zk 0.1.0");

            Installation.Ended upgrade = run(upgrade());

            assertThat(upgrade.exitCode()).as(upgrade.out() + upgrade.err()).isZero();
            assertThat(upgrade.out()).contains("zk is at 0.2.0");
            assertThat(active(host)).contains("zk 0.2.0").doesNotContain("zk 0.1.0");
            assertThat(plugins.resolve("zk.zip")).hasSameBinaryContentAs(repository.resolve("zk-0.2.0.zip"));
        }
        Installation.Ended history = run(
                "plugins",
                "history",
                "--json",
                "--data",
                scratch.resolve("data").toString());
        assertThat(json.readTree(history.out())
                        .path("history")
                        .valueStream()
                        .map(row -> row.path("action").asString() + " "
                                + row.path("from").asString() + " "
                                + row.path("to").asString()))
                .startsWith("UPGRADED 0.1.0 0.2.0", "BEGUN 0.1.0 0.2.0");
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
