package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.aitbc.openclaw.testing.ScriptedModel;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole host in front of Ollamas of several versions. */
@Timeout(60)
class CompatibilityEndpointTest {
    private static final String PATH = "/api/v1/openclaw/compatibility";

    @TempDir
    private Path folder;

    private final JsonMapper json = new JsonMapper();
    private ScriptedOllama ollama;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(folder.resolve("plugins"));
        ollama = ScriptedOllama.start(ScriptedModel.chat("m:latest"));
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    private Host host(String policy) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "data-directory",
                folder.resolve("data").toString(),
                "plugins-directory",
                folder.resolve("plugins").toString(),
                "port",
                "0",
                "aitbc",
                "off",
                "ollama",
                ollama.url().toString(),
                "compatibility",
                policy));
        return Host.start(HostConfig.read(settings, Map.of(), Optional.empty()));
    }

    private void says(String version) {
        ollama.always("/api/version", ScriptedAnswer.json(200, version));
    }

    private RawClient.Reply get(Host host, String path, String... headers) {
        try {
            return RawClient.get(host.url().getPort(), path, headers);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode seen(Host host, String component) {
        for (JsonNode row : json.readTree(get(host, PATH).body()).path("seen")) {
            if (row.path("component").asString().equals(component)) {
                return row;
            }
        }
        return json.createObjectNode();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\":\"0.16.9\"} | below_floor | 0.16.9",
                "{\"version\":\"v0.17.1\"} | not_tested | v0.17.1",
                "{\"version\":\"0.17.1-rc1\"} | below_floor | 0.17.1-rc1",
                "{\"version\":\"0.33.3\"} | tested | 0.33.3",
                "{\"version\":\"1.0.0\"} | newer_than_tested | 1.0.0",
                "{\"version\":\"0.0.0\"} | unknown | 0.0.0",
                "{\"version\":7} | unknown | 7",
                "{} | unknown | ''",
                "no json | unknown | ''"
            })
    void an_ollama_of_any_version_is_used_and_judged(String answer, String verdict, String version) {
        says(answer);
        try (Host host = host("warn")) {
            assertThat(get(host, "/api/tags").body()).contains("m:latest");

            JsonNode row = seen(host, "ollama");
            assertThat(row.path("verdict").asString()).isEqualTo(verdict);
            assertThat(row.path("version").asString()).isEqualTo(version);
            assertThat(row.path("at").asString()).isEqualTo(ollama.url().toString());
            assertThat(row.path("kind").asString()).isEqualTo("server");
        }
    }

    @Test
    void where_it_is_required_an_old_ollama_is_not_used_until_it_is_updated() {
        says("{\"version\":\"0.16.9\"}");
        try (Host host = host("require")) {
            assertThat(get(host, "/api/tags").body()).isEqualTo("{\"models\":[]}");
            assertThat(seen(host, "ollama").path("advice").asString()).contains("update Ollama to 0.17.1");
            assertThat(ollama.requests("/api/show")).isEmpty();

            says("{\"version\":\"0.33.3\"}");

            await().until(() -> get(host, "/api/tags").body().contains("m:latest"));
            assertThat(seen(host, "ollama").path("verdict").asString()).isEqualTo("tested");
        }
    }

    @Test
    void clients_are_told_by_what_they_call_themselves() {
        try (Host host = host("warn")) {
            get(host, "/api/tags", "user-agent: ollama-js/0.6.4 (x64 linux Node.js/v24.21.0)");
            get(host, "/api/tags", "user-agent: undici");

            assertThat(seen(host, "ollama-js").path("verdict").asString()).isEqualTo("tested");
            assertThat(seen(host, "undici").path("version").asString()).isEmpty();
            assertThat(json.readTree(get(host, PATH).body()).path("components"))
                    .anyMatch(row ->
                            row.path("floor").path("version").asString("").equals("0.17.1"));
        }
    }
}
