package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The assembled installation, command by command. */
@Isolated("writes down how long a start took")
class InstallationIT {
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path scratch;

    private final JsonMapper json = new JsonMapper();

    @Test
    void demo_does_the_main_job_and_prints_one_json_document() throws Exception {
        Installation.Ended demo = new Installation(scratch).run("demo", "--json");

        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        JsonNode document = json.readTree(demo.out());
        assertThat(document.path("ok").asBoolean()).isTrue();
        assertThat(document.path("steps")
                        .valueStream()
                        .map(step -> step.path("name").asString()))
                .containsExactly(
                        "models",
                        "local chat",
                        "network chat",
                        "streaming",
                        "route explained",
                        "receipt checked",
                        "bundle checked",
                        "cost");
        assertThat(document.path("steps").valueStream())
                .allMatch(step -> step.path("ok").asBoolean());
        JsonNode network = document.path("steps").path(2);
        assertThat(network.path("metadata").path("assurance").asString()).isEqualTo("SIGNED");
        assertThat(network.path("metadata").path("cost").path("amount").asString())
                .matches("0\\.\\d*[1-9]\\d*");
    }

    @Test
    void all_plugins_are_active() throws Exception {
        Installation.Ended list = new Installation(scratch).run("plugins", "list", "--json");

        assertThat(list.exitCode()).as(list.out() + list.err()).isZero();
        JsonNode plugins = json.readTree(list.out()).path("plugins");
        assertThat(plugins.valueStream()
                        .map(plugin -> plugin.path("id").asString() + " "
                                + plugin.path("state").asString()))
                .containsExactlyInAnyOrder(
                        "aitbc-provider ACTIVE", "marketplace ACTIVE", "skill-router ACTIVE", "zk ACTIVE");
    }

    @Test
    void host_says_ready_first_serves_and_ends_cleanly_when_told_to() throws Exception {
        Installation installation = new Installation(scratch);
        try (RunningHost host = installation.serve()) {
            HttpResponse<String> version = get(host, "/api/version");
            assertThat(version.statusCode()).isEqualTo(200);
            load(host);
            long resident = host.residentBytes();
            Files.writeString(
                    Installation.target().resolve("startup.json"),
                    "{\"readyMillis\":%d,\"residentMegabytes\":%d}%n"
                            .formatted(host.readyAfter().toMillis(), resident / MEGABYTE));

            assertThat(host.terminate()).as(host.errors()).isZero();

            assertThat(host.lines().getFirst()).isEqualTo("ready " + host.url());
            assertThat(String.join("\n", host.lines())).contains("wren-tiny:latest", "Try:", "curl " + host.url());
            assertThat(host.lines().stream().filter(line -> line.contains("curl")))
                    .hasSize(3);
            assertThat(host.errors()).isEmpty();
            assertThat(resident).isLessThan(250 * MEGABYTE);
        }
    }

    @Test
    void second_host_with_the_same_data_is_refused_with_the_way_out() throws Exception {
        Installation installation = new Installation(scratch);
        try (RunningHost host = installation.serve("--aitbc", "off")) {
            Installation.Ended second = installation.run(
                    "serve", "--port", "0", "--data", scratch.resolve("data").toString(), "--aitbc", "off");

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.out()).isEmpty();
            assertThat(second.err()).contains("used by another host", "--data").hasLineCount(1);
            assertThat(get(host, "/api/tags").body())
                    .contains("wren-tiny:latest")
                    .doesNotContain("aitbc/");
        }
    }

    @Test
    void taken_port_is_an_error_that_says_what_to_do() throws Exception {
        Installation installation = new Installation(scratch);
        try (RunningHost host = installation.serve("--aitbc", "off")) {
            Installation.Ended second = installation.run(
                    "serve",
                    "--port",
                    Integer.toString(URI.create(host.url()).getPort()),
                    "--data",
                    scratch.resolve("other").toString(),
                    "--aitbc",
                    "off");

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.err()).contains("in use", "--port").hasLineCount(1);
        }
    }

    @Test
    void host_buys_answers_from_a_devnet_in_another_process_and_the_wallet_remembers() throws Exception {
        Installation installation = new Installation(scratch);
        try (RunningHost devnet = installation.devnet()) {
            List<String> network = new ArrayList<>(installation.network(devnet));
            List<String> whileItRuns;
            try (RunningHost host = installation.serve(network.toArray(String[]::new))) {
                JsonNode answer = json.readTree(
                        post(
                                host,
                                "/api/chat",
                                "{\"model\":\"aitbc/wren-tiny\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"));
                assertThat(answer.path("message").path("content").asString()).isNotBlank();
                assertThat(answer.path("aitbc_metadata").path("assurance").asString())
                        .isEqualTo("SIGNED");
                whileItRuns = wallet(installation);
                assertThat(host.terminate()).as(host.errors()).isZero();
            }
            network.addAll(0, List.of("wallet", "history", "--json"));
            network.addAll(List.of("--data", scratch.resolve("data").toString()));

            Installation.Ended history = installation.run(network.toArray(String[]::new));

            assertThat(history.exitCode()).as(history.err()).isZero();
            assertThat(whileItRuns).element(0).isEqualTo(history.out());
            JsonNode payments = json.readTree(history.out()).path("payments");
            assertThat(payments).hasSize(1);
            assertThat(payments.path(0).path("state").asString()).isEqualTo("SETTLED");
            assertThat(payments.path(0).path("amount").isString()).isTrue();
            assertThat(payments.path(0).path("note").asString()).contains("on the chain");
            network.set(1, "balance");
            Installation.Ended balance = installation.run(network.toArray(String[]::new));
            assertThat(balance.exitCode()).as(balance.err()).isZero();
            JsonNode account = json.readTree(balance.out()).path("accounts").path(0);
            assertThat(account.path("address").asString()).startsWith("0x");
            assertThat(account.path("balance").asString()).isEqualTo("0");
            assertThat(whileItRuns).element(1).isEqualTo(balance.out());
            network.set(1, "export");
            Installation.Ended export = installation.run(network.toArray(String[]::new));
            assertThat(whileItRuns).element(2).isEqualTo(export.out());
            assertThat(json.readTree(export.out()).path("payments")).hasSize(1);
            assertThat(devnet.terminate()).as(devnet.errors()).isZero();
        }
    }

    /** What the commands say while a host uses the data directory, without its other settings. */
    private List<String> wallet(Installation installation) throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (String command : List.of("history", "balance", "export")) {
            Installation.Ended ended = installation.run(
                    "wallet",
                    command,
                    "--json",
                    "--data",
                    scratch.resolve("data").toString());
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            answers.add(ended.out());
        }
        return answers;
    }

    @Test
    void wrong_usage_ends_with_two_and_help_with_zero() throws Exception {
        Installation installation = new Installation(scratch);

        Installation.Ended wrong = installation.run("serve", "--no-such-option");
        Installation.Ended help = installation.run("--help");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(help.exitCode()).isZero();
        for (String command : List.of(
                "serve",
                "demo",
                "doctor",
                "devnet",
                "plugins",
                "wallet",
                "outbox",
                "services",
                "preview",
                "proof",
                "bench",
                "faults")) {
            assertThat(help.out()).contains(command);
        }
        assertThat(help.out()).doesNotContain("\u001b[");
    }

    @Test
    void installation_holds_its_licence_its_parts_list_and_four_plugins() throws IOException {
        Path home = new Installation(scratch).home();

        assertThat(home.resolve("LICENSE")).exists();
        assertThat(json.readTree(Files.readString(home.resolve("openclaw-aitbc.cdx.json")))
                        .path("components")
                        .valueStream()
                        .map(component -> component.path("name").asString()))
                .contains("helidon-webserver", "pf4j", "ollama4j", "crypto", "sqlite-jdbc", "plugin-zk");
        assertThat(home.resolve("plugins")).isDirectoryNotContaining("glob:**.jar");
        assertThat(home.resolve("plugins").toFile().list())
                .hasSize(8)
                .allMatch(name -> name.endsWith(".zip") || name.endsWith(".zip.sig"));
        assertThat(home.resolve("config/trusted-plugin-keys.json")).isNotEmptyFile();
    }

    private static void load(RunningHost host) throws IOException, InterruptedException {
        assertThat(post(host, "/api/generate", "{\"model\":\"wren-tiny\",\"stream\":false}"))
                .contains("\"done\":true");
    }

    private static String post(RunningHost host, String path, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(host.url() + path))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        }
    }

    private static HttpResponse<String> get(RunningHost host, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(host.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
