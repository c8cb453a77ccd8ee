package io.aitbc.openclaw.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.http.ProofRecords;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostConfigTest {
    @TempDir
    private Path folder;

    @Test
    void defaults_listen_on_loopback_with_the_embedded_engine_and_the_devnet() {
        HostConfig config = HostConfig.read(Map.of(), Map.of(), Optional.empty());

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(11435);
        assertThat(config.ollama()).isEmpty();
        assertThat(config.embeddedEngine()).isTrue();
        assertThat(config.network()).isEqualTo(new NetworkTarget.Devnet());
        assertThat(config.apiKey()).isEmpty();
        assertThat(config.dataDirectory()).endsWithRaw(Path.of(".local", "share", "openclaw-aitbc"));
    }

    @Test
    void command_line_wins_over_environment_over_file() throws IOException {
        Path file = file("port = 1001\nhost = localhost\nplugins.skill-router.offload = off\nollama = embedded\n");
        Map<String, String> environment = Map.of(
                "OPENCLAW_PORT", "1002", "OPENCLAW_PLUGINS_SKILL_ROUTER_OFFLOAD", "explicit", "OPENCLAW_AITBC", "off");

        HostConfig fromFile = HostConfig.read(Map.of(), Map.of(), Optional.of(file));
        HostConfig fromEnvironment = HostConfig.read(Map.of(), environment, Optional.of(file));
        HostConfig fromCommandLine = HostConfig.read(
                Map.of("port", "1003", "plugins.skill-router.offload", "auto"), environment, Optional.of(file));

        assertThat(fromFile.port()).isEqualTo(1001);
        assertThat(fromFile.plugin("skill-router").text("offload")).contains("off");
        assertThat(fromEnvironment.port()).isEqualTo(1002);
        assertThat(fromEnvironment.plugin("skill-router").text("offload")).contains("explicit");
        assertThat(fromCommandLine.port()).isEqualTo(1003);
        assertThat(fromCommandLine.plugin("skill-router").text("offload")).contains("auto");
        assertThat(fromCommandLine.host()).isEqualTo("localhost");
        assertThat(fromCommandLine.network()).isEqualTo(new NetworkTarget.Off());
    }

    @Test
    void a_variable_that_is_nearly_one_of_ours_is_told_and_one_of_openclaw_is_left_alone() {
        Map<String, String> environment = Map.of(
                "OPENCLAW_PROT", "1",
                "OPENCLAW_DATA_DIR", "/x",
                "OPENCLAW_OLLAMA_URL", "http://o",
                "OPENCLAW_PORT", "1002",
                "OPENCLAW_CONFIG_PATH", "f.json",
                "OPENCLAW_STATE_DIR", "/s",
                "OPENCLAW_GATEWAY_TOKEN", "t",
                "OPENCLAW_JAVA_OPTS", "-Xmx1g",
                "PROT", "1");

        HostConfig config = HostConfig.read(Map.of(), environment, Optional.empty());

        assertThat(config.slips())
                .containsExactly(
                        "The environment variable OPENCLAW_DATA_DIR means nothing; did you mean OPENCLAW_DATA_DIRECTORY?",
                        "The environment variable OPENCLAW_OLLAMA_URL means nothing; did you mean OPENCLAW_OLLAMA?",
                        "The environment variable OPENCLAW_PROT means nothing; did you mean OPENCLAW_PORT?");
        assertThat(config.port()).isEqualTo(1002);
    }

    @Test
    void a_real_ollama_and_a_real_coordinator_are_urls() {
        HostConfig config = HostConfig.read(
                Map.of("ollama", "http://127.0.0.1:11434"),
                Map.of("AITBC_COORDINATOR_URL", "https://coordinator.example/api"),
                Optional.empty());

        assertThat(config.ollama()).contains(URI.create("http://127.0.0.1:11434"));
        assertThat(config.embeddedEngine()).isFalse();
        assertThat(config.network())
                .isEqualTo(new NetworkTarget.Coordinator(URI.create("https://coordinator.example/api")));
    }

    @Test
    void coordinator_named_in_the_plugins_settings_is_the_hosts_network() {
        Map<String, String> ofPlugin = Map.of("plugins.aitbc-provider.coordinator-url", "http://127.0.0.1:8203");

        assertThat(HostConfig.read(ofPlugin, Map.of(), Optional.empty()).network())
                .isEqualTo(new NetworkTarget.Coordinator(URI.create("http://127.0.0.1:8203")));
        assertThat(HostConfig.read(ofPlugin, Map.of("OPENCLAW_AITBC", "off"), Optional.empty())
                        .network())
                .isEqualTo(new NetworkTarget.Off());
        assertInvalid(ofPlugin, Map.of("OPENCLAW_AITBC", "devnet"), Optional.empty(), "OPENCLAW_AITBC", "keep one");
        assertInvalid(ofPlugin, Map.of("OPENCLAW_AITBC", "http://other:1"), Optional.empty(), "different networks");
    }

    @Test
    void environment_variables_of_the_agent_are_not_ours_and_are_ignored() {
        HostConfig config = HostConfig.read(
                Map.of(), Map.of("OPENCLAW_CONFIG_PATH", "/nowhere", "OPENCLAW_STATE_DIR", "x"), Optional.empty());

        assertThat(config.entries()).isEmpty();
    }

    @Test
    void unknown_key_is_an_error_that_names_key_and_file() throws IOException {
        Path file = file("prot = 80\n");

        assertInvalid(Map.of(), Map.of(), Optional.of(file), "'prot'", file.toString(), "port");
    }

    @Test
    void unknown_plugin_in_the_environment_is_an_error_that_names_the_variable() {
        assertInvalid(
                Map.of(),
                Map.of("OPENCLAW_PLUGINS_NOBODY_KEY", "1"),
                Optional.empty(),
                "OPENCLAW_PLUGINS_NOBODY_KEY",
                "skill-router");
    }

    @Test
    void plugin_named_in_the_file_may_be_set_in_the_environment() throws IOException {
        Path file = file("plugins.my-plugin.depth = 1\n");

        HostConfig config =
                HostConfig.read(Map.of(), Map.of("OPENCLAW_PLUGINS_MY_PLUGIN_MAX_DEPTH", "3"), Optional.of(file));

        assertThat(config.plugin("my-plugin").values())
                .containsEntry("max-depth", "3")
                .containsEntry("depth", "1");
    }

    @Test
    void which_answers_get_a_record_can_be_set() {
        assertThat(HostConfig.read(Map.of(), Map.of(), Optional.empty()).proofRecords())
                .isEqualTo(ProofRecords.NETWORK);
        assertThat(HostConfig.read(Map.of("proof-chain", "all"), Map.of(), Optional.empty())
                        .proofRecords())
                .isEqualTo(ProofRecords.ALL);
        assertThat(HostConfig.read(Map.of(), Map.of("OPENCLAW_PROOF_CHAIN", "off"), Optional.empty())
                        .proofRecords())
                .isEqualTo(ProofRecords.OFF);
        assertThatThrownBy(() -> HostConfig.read(Map.of("proof-chain", "some"), Map.of(), Optional.empty()))
                .hasMessageContaining("proof-chain must be network, all or off, not 'some'");
    }

    @Test
    void room_of_the_outbox_can_be_set() {
        HostConfig config = HostConfig.read(
                Map.of("outbox-messages", "7"), Map.of("OPENCLAW_OUTBOX_MEGABYTES", "3"), Optional.empty());

        assertThat(config.outbox().mostMessages()).isEqualTo(7);
        assertThat(config.outbox().mostBytes()).isEqualTo(3L << 20);
        for (String wrong : List.of("0", "-1", "many", "99999999999")) {
            assertThatThrownBy(() -> HostConfig.read(Map.of("outbox-messages", wrong), Map.of(), Optional.empty()))
                    .hasMessageContaining("outbox-messages must be a whole number from 1 to");
        }
    }

    @Test
    void bad_values_are_errors_that_name_key_value_and_source() {
        assertInvalid(Map.of("port", "65536"), Map.of(), Optional.empty(), "port", "65536", "command line");
        assertInvalid(Map.of(), Map.of("OPENCLAW_PORT", "x"), Optional.empty(), "'x'", "OPENCLAW_PORT");
        assertInvalid(Map.of("ollama", "ftp://a"), Map.of(), Optional.empty(), "ollama", "embedded");
        assertInvalid(Map.of("aitbc", "no where"), Map.of(), Optional.empty(), "aitbc", "devnet");
        assertInvalid(Map.of("aitbc", "http://user:pw@a"), Map.of(), Optional.empty(), "aitbc");
        assertInvalid(Map.of("embedded-engine", "yes"), Map.of(), Optional.empty(), "embedded-engine", "true or false");
    }

    @Test
    void secrets_are_refused_on_the_command_line() {
        assertInvalid(Map.of("api-key", "hush"), Map.of(), Optional.empty(), "api-key", "command line");
        assertInvalid(Map.of("plugins.aitbc-provider.wallet-key", "0xhush"), Map.of(), Optional.empty(), "wallet-key");
    }

    @Test
    void secrets_are_never_shown() {
        HostConfig config = HostConfig.read(
                Map.of(), Map.of("OPENCLAW_API_KEY", "hush-1", "AITBC_WALLET_KEY", "hush-2"), Optional.empty());

        assertThat(config.apiKey().orElseThrow().reveal()).isEqualTo("hush-1");
        assertThat(config.plugin("aitbc-provider").text("wallet-key")).contains("hush-2");
        assertThat(config.toString()).doesNotContain("hush");
        assertThat(config.entries()).noneMatch(entry -> entry.shown().contains("hush"));
    }

    @Test
    void trusted_keys_are_public_and_shown() {
        HostConfig config = HostConfig.read(
                Map.of("plugins.aitbc-provider.trusted-receipt-keys", "abc"), Map.of(), Optional.empty());

        assertThat(config.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.shown()).isEqualTo("abc"));
    }

    @Test
    void api_key_comes_from_a_file_of_one_line() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "hush\n");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");

        HostConfig config = HostConfig.read(Map.of("api-key-file", key.toString()), Map.of(), Optional.empty());

        assertThat(config.apiKey().orElseThrow().reveal()).isEqualTo("hush");
        assertInvalid(Map.of("api-key-file", empty.toString()), Map.of(), Optional.empty(), "api-key-file");
        assertInvalid(Map.of("api-key-file", folder + "/absent"), Map.of(), Optional.empty(), "api-key-file");
        assertInvalid(
                Map.of("api-key-file", key.toString()),
                Map.of("OPENCLAW_API_KEY", "other"),
                Optional.empty(),
                "api-key",
                "keep one");
    }

    @Test
    void data_directory_follows_xdg() {
        HostConfig config = HostConfig.read(Map.of(), Map.of("XDG_DATA_HOME", "/xdg"), Optional.empty());

        assertThat(config.dataDirectory()).isEqualTo(Path.of("/xdg/openclaw-aitbc"));
    }

    @Test
    void file_that_cannot_be_read_is_an_error_that_says_why() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', '=', (byte) 0xff, (byte) 0xfe});

        assertInvalid(Map.of(), Map.of(), Optional.of(folder.resolve("absent")), "absent", "there is no such file");
        assertInvalid(Map.of(), Map.of(), Optional.of(binary), "binary", "not UTF-8 text");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("openclaw-aitbc.properties"), text);
    }

    private static void assertInvalid(
            Map<String, String> commandLine, Map<String, String> environment, Optional<Path> file, String... parts) {
        assertThatThrownBy(() -> HostConfig.read(commandLine, environment, file))
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG))
                .hasMessageNotContaining("hush")
                .message()
                .contains(parts);
    }
}
