package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.testing.ScriptedModel;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PreviewCommandTest {
    private static final String BODY = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void set_up() throws IOException {
        environment.put("OPENCLAW_DATA_DIRECTORY", folder.resolve("data").toString());
        environment.put(
                "OPENCLAW_PLUGINS_DIRECTORY",
                Files.createDirectory(folder.resolve("plugins")).toString());
        environment.put("OPENCLAW_AITBC", "off");
        environment.put("OPENCLAW_PORT", "0");
        environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    @Test
    void a_request_for_a_local_model_leaves_nowhere_and_is_not_sent() throws IOException {
        Path file = Files.writeString(folder.resolve("request.json"), BODY);
        try (ScriptedOllama ollama = ScriptedOllama.start(ScriptedModel.chat("tiny:latest"))) {
            environment.put("OPENCLAW_OLLAMA", ollama.url().toString());
            try (Host host = Host.start(HostConfig.read(Map.of(), environment, Optional.empty()))) {
                assertThat(host.engines()).hasSize(1);
                CommandRun table = CommandRun.of(environment, "preview", file.toString());
                CommandRun json = CommandRun.reading(BODY, environment, "preview", "-", "--json");
                CommandRun prompt = CommandRun.reading("hi", environment, "preview", "-", "--model", "tiny");
                CommandRun unknown = CommandRun.reading("hi", environment, "preview", "-", "--model", "other");
                CommandRun wrong = CommandRun.reading(BODY, environment, "preview", "-", "--privacy", "secret");

                assertThat(table.exitCode()).as(table.err()).isZero();
                assertThat(table.out()).contains("1. ollama, tiny:latest", "nothing leaves this machine");
                JsonNode asked = new Json().read(json.out()).path("asked").path(0);
                assertThat(asked.path("leaves").asBoolean(true)).isFalse();
                assertThat(prompt.out()).contains("nothing leaves this machine");
                assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(unknown.err()).contains("other");
                assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(wrong.err()).contains("local-only, redact or network-allowed");
            }
            assertThat(ollama.requests())
                    .noneMatch(request ->
                            request.path().equals("/api/chat") || request.path().equals("/api/generate"));
        }
    }

    @Test
    void what_cannot_be_read_and_an_absent_host_are_told() {
        CommandRun missing =
                CommandRun.of(environment, "preview", folder.resolve("none").toString());
        CommandRun binary = CommandRun.of(environment, "preview");
        CommandRun alone = CommandRun.reading(BODY, environment, "preview", "-");

        assertThat(missing.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(missing.err()).contains("cannot be read");
        assertThat(binary.exitCode()).as("no FILE").isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(alone.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(alone.err()).contains("No host runs");
    }
}
