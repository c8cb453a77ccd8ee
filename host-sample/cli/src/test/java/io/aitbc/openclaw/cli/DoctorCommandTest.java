package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorCommandTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void set_up_a_good_host() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        plugin(plugins.resolve("some.jar"), "aitbc-provider");
        environment.put("OPENCLAW_PLUGINS_DIRECTORY", plugins.toString());
        environment.put("OPENCLAW_DATA_DIRECTORY", folder.resolve("data").toString());
        environment.put("OPENCLAW_PORT", "0");
        environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    @Test
    void good_surroundings_end_with_zero_and_one_json_document() {
        CommandRun run = CommandRun.of(environment, "doctor", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(new Json().read(run.out()).path("ok").asBoolean()).isTrue();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void plugins_are_told_by_their_ids_and_broken_files_are_a_warning() throws IOException {
        Path plugins = folder.resolve("plugins");
        assertThat(check(doctor(), "plugins")).contains("\"ok\"", "aitbc-provider");

        Files.writeString(plugins.resolve("broken.zip"), "no zip");
        CommandRun run = doctor();

        assertThat(run.exitCode()).isZero();
        assertThat(check(run, "plugins")).contains("warning", "broken.zip");
    }

    @Test
    void settings_of_a_plugin_that_is_not_there_are_a_warning() {
        CommandRun run = doctor("--set", "plugins.nosuch.x=1", "--set", "plugins.aitbc-provider.daily-budget=1");

        assertThat(run.exitCode()).isZero();
        assertThat(check(run, "plugin settings")).contains("warning", "nosuch").doesNotContain("aitbc-provider");
        assertThat(check(doctor(), "plugin settings")).contains("\"ok\"");
    }

    @Test
    void missing_network_plugin_is_a_failure_unless_no_network_is_wanted() throws IOException {
        Files.delete(folder.resolve("plugins").resolve("some.jar"));

        assertThat(check(doctor(), "plugins")).contains("failed", "aitbc-provider", "--plugins");
        assertThat(doctor("--aitbc", "off").exitCode()).isZero();
    }

    @Test
    void taken_port_is_a_failure_with_a_way_out() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = doctor("--port", Integer.toString(taken.getLocalPort()));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(check(run, "port")).contains("failed", "another program", "--port");
        }
    }

    @Test
    void a_host_that_runs_with_the_same_data_directory_may_have_the_port() {
        environment.put("OPENCLAW_AITBC", "off");
        try (Host host = Host.start(HostConfig.read(Map.of(), environment, Optional.empty()))) {
            String port = Integer.toString(host.url().getPort());
            environment.put("OPENCLAW_PORT", port);

            CommandRun own = doctor();
            CommandRun other = doctor("--data", folder.resolve("other").toString());

            assertThat(own.exitCode()).as(own.out()).isZero();
            assertThat(check(own, "port")).contains("\"ok\"", port, "this host, which is running (version ");
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(check(other, "port")).contains("failed", "with another data directory", "--port");
        }
    }

    @Test
    void a_program_at_the_address_of_our_host_has_to_be_our_host() throws IOException {
        environment.put("OPENCLAW_AITBC", "off");
        try (ScriptedOllama stranger = ScriptedOllama.start();
                Host _ = Host.start(HostConfig.read(Map.of(), environment, Optional.empty()))) {
            Path address = folder.resolve("data/host.url");
            String instance = Files.readAllLines(address).getLast();
            Files.writeString(address, stranger.url() + "\n" + instance + "\n");
            String[] port = {"--port", Integer.toString(stranger.url().getPort())};

            assertThat(check(doctor(port), "port")).contains("failed", "does not say who it is");
            stranger.always(
                    "/api/v1/openclaw/host", ScriptedAnswer.json(200, "{\"version\":\"0.1.0\",\"instance\":\"x\"}"));
            assertThat(check(doctor(port), "port")).contains("failed", "with another data directory");
        }
    }

    @Test
    void absent_ollama_and_coordinator_are_failures() throws IOException {
        int closed = closedPort();

        CommandRun run = doctor("--ollama", "http://127.0.0.1:" + closed, "--aitbc", "http://127.0.0.1:" + closed);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(check(run, "ollama")).contains("failed", "ollama serve");
        assertThat(check(run, "coordinator")).contains("failed", "/health");
        assertThat(check(run, "offers")).contains("failed", "AITBC_MARKETPLACE_URL");
        assertThat(check(run, "wallet key")).contains("failed", "AITBC_WALLET_KEY_FILE");
    }

    @Test
    void a_network_is_looked_at_with_all_its_services() throws IOException {
        try (ScriptedOllama network = ScriptedOllama.start()) {
            String url = network.url().toString();
            network.always("/health", dated(Instant.now(), "200 OK", ""));
            network.always("/v1/jobs", dated(Instant.now(), "401 Unauthorized", "WWW-Authenticate: Bearer\r\n"));
            network.always("/rpc/head", ScriptedAnswer.json(200, "{\"height\":7}"));
            String[] options = {
                "--aitbc",
                url + "/v1/",
                "--set",
                "plugins.aitbc-provider.marketplace-url=" + url,
                "--set",
                "plugins.aitbc-provider.chain-url=" + url + "/rpc",
                "--set",
                "plugins.aitbc-provider.agent-registry-url=http://127.0.0.1:" + closedPort()
            };

            CommandRun run = doctor(options);

            assertThat(check(run, "coordinator")).contains("\"ok\"", url + " is healthy");
            assertThat(check(run, "protocol")).contains("\"ok\"", "\"current\"");
            assertThat(check(run, "coordinator software")).contains("\"ok\"", "was tested", "August 2026");
            assertThat(check(run, "clock")).contains("\"ok\"");
            assertThat(check(run, "offers")).contains("\"ok\"");
            assertThat(check(run, "chain")).contains("\"ok\"");
            assertThat(check(run, "agents")).contains("warning", "/health", "agent-registry-url");
            assertThat(check(run, "receipt keys")).contains("warning", "NONE", "trusted-receipt-keys");
        }
    }

    @Test
    void another_protocol_and_another_time_than_here_are_warnings() {
        try (ScriptedOllama network = ScriptedOllama.start()) {
            network.always("/health", dated(Instant.now().plusSeconds(600), "200 OK", ""));
            network.always("/v1/jobs", ScriptedAnswer.json(401, "{\"detail\":\"invalid api key\"}"));
            String url = network.url().toString();

            CommandRun found = doctor("--aitbc", url, "--set", "plugins.aitbc-provider.trusted-receipt-keys=a,b");
            CommandRun wrong = doctor("--aitbc", url, "--set", "plugins.aitbc-provider.profile=current");
            CommandRun strict = doctor("--aitbc", url, "--set", "compatibility=require");
            network.always("/v1/jobs", ScriptedAnswer.json(503, "{}"));
            CommandRun restarting = doctor("--aitbc", url);

            assertThat(check(found, "clock")).contains("warning", "s behind " + url, "NTP");
            assertThat(check(found, "protocol")).contains("\"ok\"", "march");
            assertThat(check(found, "receipt keys")).contains("\"ok\"", "2 pinned");
            assertThat(check(found, "coordinator software")).contains("warning", "march is older than current");
            assertThat(check(strict, "coordinator software")).contains("failed", "it is not used");
            assertThat(check(found, "chain")).contains("\"ok\"", "not used");
            assertThat(check(wrong, "protocol")).contains("warning", "'march'", "'current' is set");
            assertThat(check(restarting, "protocol")).contains("warning", "does not say");
        }
    }

    private static ScriptedAnswer dated(Instant now, String status, String headers) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC));
        String answer = "HTTP/1.1 %s\r\nDate: %s\r\nContent-Type: application/json\r\n%sContent-Length: 2\r\n\r\n{}"
                .formatted(status, date, headers);
        return ScriptedAnswer.silent()
                .send(answer.getBytes(StandardCharsets.US_ASCII))
                .close();
    }

    @Test
    void old_ollama_is_a_warning_and_a_new_one_is_fine() {
        try (ScriptedOllama ollama = ScriptedOllama.start()) {
            ollama.always("/api/version", ScriptedAnswer.json(200, "{\"version\":\"0.16.9\"}"));
            CommandRun old = doctor("--ollama", ollama.url().toString());
            ollama.always("/api/version", ScriptedAnswer.json(200, "{\"version\":\"0.17.1\"}"));
            CommandRun fresh = doctor("--ollama", ollama.url().toString());

            assertThat(old.exitCode()).isZero();
            assertThat(check(old, "ollama")).contains("warning", "0.16.9", "update Ollama");
            assertThat(check(fresh, "ollama")).contains("\"ok\"", "0.17.1");
        }
    }

    @Test
    void an_old_ollama_is_a_failure_where_its_version_matters_and_one_without_a_version_a_warning() {
        try (ScriptedOllama ollama = ScriptedOllama.start()) {
            String[] options = {"--ollama", ollama.url().toString(), "--set", "compatibility=require"};
            ollama.always("/api/version", ScriptedAnswer.json(200, "{\"version\":\"0.16.9\"}"));
            CommandRun old = doctor(options);
            ollama.always("/api/version", ScriptedAnswer.json(200, "{}"));
            CommandRun silent = doctor(options);

            assertThat(old.exitCode()).isEqualTo(1);
            assertThat(check(old, "ollama")).contains("failed", "CVE-2026-7482", "it is not used", "update Ollama");
            assertThat(silent.exitCode()).isZero();
            assertThat(check(silent, "ollama")).contains("warning", "does not tell its version", "0.17.1");
        }
        assertThat(doctor("--set", "compatibility=perhaps").err())
                .contains("warn or require", "OpenClaw tells no version");
    }

    @Test
    void the_openclaw_of_this_machine_is_read_and_not_run() throws IOException {
        assertThat(check(doctor(), "openclaw")).contains("\"ok\"", "not on the PATH");
        Path module = Files.createDirectories(folder.resolve("node_modules/openclaw"));
        Files.writeString(module.resolve("package.json"), "{\"name\":\"openclaw\",\"version\":\"2026.9.6\"}");
        Path program =
                Files.writeString(module.resolve("openclaw.mjs"), "#!/bin/sh\ntouch " + folder.resolve("ran") + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path bin = Files.createDirectories(folder.resolve("node_modules/.bin"));
        Files.createSymbolicLink(bin.resolve("openclaw"), program);
        environment.put("PATH", folder.resolve("nowhere") + ":" + bin);

        assertThat(check(doctor(), "openclaw")).contains("\"ok\"", "OpenClaw 2026.9.6 was tested");
        Files.writeString(module.resolve("package.json"), "{\"name\":\"openclaw\",\"version\":\"2027.1.0\"}");
        assertThat(check(doctor(), "openclaw")).contains("\"ok\"", "newer than what was tested");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void a_misspelt_variable_is_a_warning() {
        assertThat(check(doctor(), "environment")).contains("\"ok\"");
        environment.put("OPENCLAW_OLAMA", "http://127.0.0.1:1");

        assertThat(check(doctor(), "environment")).contains("warning", "did you mean OPENCLAW_OLLAMA?");
    }

    @Test
    void listening_beyond_this_machine_needs_a_key() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "hush");

        assertThat(check(doctor("--host", "0.0.0.0"), "address")).contains("failed", "--api-key-file");
        assertThat(check(doctor("--host", "0.0.0.0", "--api-key-file", key.toString()), "address"))
                .contains("\"ok\"");
    }

    @Test
    void secrets_are_not_printed_and_a_readable_file_with_them_is_a_warning() throws IOException {
        Path config = Files.writeString(folder.resolve("my.properties"), "api-key = hush-hush\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));

        CommandRun run = doctor("--config", config.toString());

        assertThat(run.out()).doesNotContain("hush-hush").contains("\"***\"");
        assertThat(check(run, "configuration")).contains("warning", "chmod 600");
    }

    @Test
    void wrong_settings_and_unknown_options_end_with_two() {
        assertThat(doctor("--port", "many").exitCode()).isEqualTo(2);
        assertThat(doctor("--nonsense").exitCode()).isEqualTo(2);
        assertThat(doctor("--log-level", "loud").exitCode()).isEqualTo(2);
        assertThat(doctor("--set", "no-such-key=1").err()).contains("no-such-key");
    }

    private static void plugin(Path file, String id) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", id);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    private CommandRun doctor(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "doctor";
        arguments[1] = "--json";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandRun.of(environment, arguments);
    }

    private static String check(CommandRun run, String name) {
        for (JsonNode check : new Json().read(run.out()).path("checks")) {
            if (check.path("name").asString().equals(name)) {
                return check.toString();
            }
        }
        throw new AssertionError("no check '" + name + "' in " + run.out() + run.err());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
