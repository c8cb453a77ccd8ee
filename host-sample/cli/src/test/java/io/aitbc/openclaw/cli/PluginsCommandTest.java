package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsCommandTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void set_up() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", "some");
        manifest.getMainAttributes().putValue("Plugin-Version", "1.2.3");
        new JarOutputStream(Files.newOutputStream(plugins.resolve("some.jar")), manifest).close();
        environment.put("OPENCLAW_DATA_DIRECTORY", folder.resolve("data").toString());
        environment.put("OPENCLAW_PLUGINS_DIRECTORY", plugins.toString());
        environment.put("OPENCLAW_PLUGINS_SIGNATURES", "off");
        environment.put("OPENCLAW_AITBC", "off");
        environment.put("OPENCLAW_OLLAMA", "http://127.0.0.1:1");
        environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    @Test
    void what_does_not_work_is_listed_with_the_reason_and_that_no_host_runs() {
        CommandRun run = CommandRun.of(environment, "plugins", "list");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out().lines().findFirst().orElseThrow()).endsWith("FILE      EXTENSIONS");
        assertThat(run.out())
                .containsPattern("some +1.2.3 +0 +failed +some.jar")
                .contains("No host runs", "some: has no module-info.class");
    }

    @Test
    void one_is_shown_with_all_that_is_known_of_it() {
        CommandRun run = CommandRun.of(environment, "plugins", "inspect", "some");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out())
                .containsPattern("(?m)^permissions +none$")
                .containsPattern("(?m)^start millis +\\d+$")
                .containsPattern("(?m)^failed +20.*, after \\d+ ms$")
                .doesNotContain("start_millis");
        assertThat(CommandRun.of(environment, "plugins", "inspect", "other").err())
                .contains("There is no plugin 'other'");
    }
}
