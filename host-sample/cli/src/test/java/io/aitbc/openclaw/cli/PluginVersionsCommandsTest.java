package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

class PluginVersionsCommandsTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path plugins;
    private Path repository;

    @BeforeEach
    void set_up() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        repository = Files.createDirectory(folder.resolve("repository"));
        environment.put("OPENCLAW_DATA_DIRECTORY", folder.resolve("data").toString());
        environment.put("OPENCLAW_PLUGINS_DIRECTORY", plugins.toString());
        environment.put("OPENCLAW_PLUGINS_REPOSITORY", repository.toString());
        environment.put("OPENCLAW_PLUGINS_SIGNATURES", "off");
        environment.put("OPENCLAW_AITBC", "off");
        environment.put("OPENCLAW_OLLAMA", "http://127.0.0.1:1");
        environment.put("XDG_CONFIG_HOME", folder.toString());
        jar(plugins.resolve("greeter.jar"), "1.0.0");
        jar(repository.resolve("greeter-1.1.0.jar"), "1.1.0");
        jar(repository.resolve("greeter-2.0.0-rc.1.jar"), "2.0.0-rc.1");
        assertThat(run("plugins", "index", repository.toString()).out()).contains("greeter", "2.0.0-rc.1", "1.1.0");
    }

    /** With a manifest and no module, so that it can be offered and not be loaded. */
    private static void jar(Path file, String version) throws IOException {
        jar(file, version, "");
    }

    private static void jar(Path file, String version, String permissions) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", "greeter");
        attributes.putValue("Plugin-Version", version);
        attributes.putValue("Plugin-Permissions", permissions);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    private JsonNode json(String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new Json().read(run.out());
    }

    @Test
    void check_says_what_could_be_newer_and_what_keeps_it() {
        assertThat(run("plugins", "check").out()).contains("greeter", "1.0.0", "1.1.0", "2.0.0-rc.1 is a prerelease");

        JsonNode stable = json("plugins", "check", "--json").path("plugins").path(0);
        JsonNode early = json("plugins", "check", "--prerelease", "--json")
                .path("plugins")
                .path(0);

        assertThat(stable.path("upgrade").asString()).isEqualTo("1.1.0");
        assertThat(early.path("upgrade").asString()).isEqualTo("2.0.0-rc.1");
    }

    @Test
    void check_looks_at_what_is_around_whether_a_host_runs_or_not() {
        try (ScriptedOllama ollama = ScriptedOllama.start()) {
            ollama.always("/api/version", ScriptedAnswer.json(200, "{\"version\":\"0.16.9\"}"));
            environment.put("OPENCLAW_OLLAMA", ollama.url().toString());
            environment.put("OPENCLAW_PORT", "0");

            CommandRun table = run("plugins", "check");
            JsonNode row =
                    json("plugins", "check", "--json").path("surroundings").path(0);
            assertThat(table.out()).contains("Ollama", "below floor", "update Ollama to 0.17.1");
            assertThat(table.exitCode()).isZero();
            assertThat(row.path("component").asString()).isEqualTo("ollama");
            assertThat(row.path("verdict").asString()).isEqualTo("below_floor");
            environment.put("OPENCLAW_COMPATIBILITY", "require");
            assertThat(run("plugins", "check").exitCode()).isEqualTo(ExitCode.FAILED);

            environment.put("OPENCLAW_COMPATIBILITY", "warn");
            ollama.always("/api/version", ScriptedAnswer.json(200, "{\"version\":\"0.33.3\"}"));
            try (Host host = Host.start(HostConfig.read(Map.of(), environment, Optional.empty()))) {
                assertThat(host.engines().getFirst().catalogue()).isEmpty();
                JsonNode seen = json("plugins", "check", "--json").path("surroundings");
                assertThat(seen.valueStream().map(it -> it.path("verdict").asString()))
                        .contains("tested");
            }
        }
    }

    @Test
    void a_pin_is_respected_until_it_is_taken_away_and_all_of_it_is_in_the_history() {
        assertThat(run("plugins", "pin", "greeter", "1.0.0", "--reason", "audited")
                        .exitCode())
                .isZero();
        JsonNode pinned = json("plugins", "check", "--json");
        assertThat(pinned.path("plugins").path(0).path("upgrade").isNull()).isTrue();
        assertThat(pinned.path("plugins").path(0).path("note").asString()).contains("pin 1.0.0 (audited)");
        assertThat(pinned.path("pins").path(0).path("reason").asString()).isEqualTo("audited");

        assertThat(run("plugins", "unpin", "greeter").out()).contains("no longer pinned to 1.0.0");

        JsonNode history = json("plugins", "history", "--json").path("history");
        assertThat(history.valueStream().map(row -> row.path("action").asString()))
                .containsExactly("UNPINNED", "PINNED");
        assertThat(history.path(0).path("by").asString()).isEqualTo(System.getProperty("user.name"));
        assertThat(run("plugins", "history").out()).contains("unpinned", "audited");
    }

    @Test
    void a_list_without_a_host_says_what_a_host_would() throws IOException {
        Path data = Files.createDirectories(Path.of(environment.get("OPENCLAW_DATA_DIRECTORY")));
        Path lastGood = Files.writeString(data.resolve("last-good-plugins"), "gone greeter 1.0.1\n");
        CommandRun older = run("plugins", "list");
        assertThat(older.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(older.out()).contains("would be a downgrade from 1.0.1 to 1.0.0");
        Files.delete(lastGood);

        assertThat(run("plugins", "pin", "greeter", "~0.9", "--reason", "old").exitCode())
                .isZero();
        assertThat(run("plugins", "list").out()).contains("1.0.0 is outside the pin ~0.9 (old)");
    }

    @Test
    void a_pin_of_nothing_without_a_reason_or_with_a_bad_range_is_refused() {
        assertThat(run("plugins", "pin", "nobody", "1.0.0", "--reason", "x").err())
                .contains("'nobody' is not installed");
        assertThat(run("plugins", "pin", "greeter", "1.0.0").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run("plugins", "pin", "greeter", "soon", "--reason", "x").exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run("plugins", "upgrade", "--to", "1.1.0").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run("plugins", "pin", "greeter", "soon", "--reason", "x").err())
                .contains("neither a version");
        assertThat(run("plugins", "unpin", "greeter").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void a_dry_run_shows_the_plan_and_changes_nothing() {
        CommandRun shown = run("plugins", "upgrade", "--dry-run");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out()).contains("1. greeter 1.0.0 -> 1.1.0: fetch greeter-1.1.0.jar");

        JsonNode plan = json("plugins", "upgrade", "greeter", "--to", "2.0.0-rc.1", "--dry-run", "--json");
        assertThat(plan.path("steps").path(0).path("to").asString()).isEqualTo("2.0.0-rc.1");
        assertThat(plan.path("steps").path(0).path("tried").asBoolean()).isFalse();
        assertThat(json("plugins", "history", "--json").path("history")).isEmpty();
    }

    @Test
    void a_version_without_signature_stays_outside_where_one_is_required() throws Exception {
        environment.remove("OPENCLAW_PLUGINS_SIGNATURES");
        byte[] before = Files.readAllBytes(plugins.resolve("greeter.jar"));

        CommandRun upgrade = run("plugins", "upgrade");

        assertThat(upgrade.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(upgrade.out()).contains("greeter stays at 1.0.0", "has no signature");
        assertThat(plugins.resolve("greeter.jar")).hasBinaryContent(before);
    }

    @Test
    void a_version_that_cannot_be_loaded_stays_outside_and_the_command_fails() throws Exception {
        byte[] before = Files.readAllBytes(plugins.resolve("greeter.jar"));

        CommandRun upgrade = run("plugins", "upgrade");

        assertThat(upgrade.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(upgrade.out()).contains("greeter stays at 1.0.0", "does not work here", "module-info");
        assertThat(plugins.resolve("greeter.jar")).hasBinaryContent(before);
        assertThat(run("plugins", "history").out()).contains("failed", "begun");
    }

    @Test
    void a_version_that_needs_more_waits_for_consent_which_is_in_the_history() throws Exception {
        environment.put("OPENCLAW_PLUGINS_SIGNATURES", "warn");
        jar(repository.resolve("greeter-1.2.0.jar"), "1.2.0", "spend");
        assertThat(run("plugins", "index", repository.toString()).exitCode()).isZero();

        assertThat(run("plugins", "upgrade", "--dry-run").out()).contains("needs in addition: spend");
        CommandRun waiting = run("plugins", "upgrade");
        assertThat(waiting.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(waiting.err()).contains("greeter 1.2.0 needs consent to 'spend': --consent", "nothing was changed");
        assertThat(json("plugins", "history", "--json").path("history")).isEmpty();

        CommandRun agreed = run("plugins", "upgrade", "--consent");
        assertThat(agreed.out()).as("the test's plugin has no module").contains("does not work here", "module-info");
        assertThat(folder.resolve("data/trust/consents.json")).content().contains("spend");
        JsonNode first = json("plugins", "history", "--json").path("history").get(2);
        assertThat(first.path("action").asString()).isEqualTo("CONSENTED");
        assertThat(first.path("note").asString()).isEqualTo("spend");
        assertThat(run("plugins", "upgrade").out()).as("nobody is asked twice").contains("greeter stays at 1.0.0");
    }

    @Test
    void a_plugin_that_is_switched_off_is_tried_like_any_other() throws Exception {
        byte[] before = Files.readAllBytes(plugins.resolve("greeter.jar"));

        CommandRun upgrade = run("plugins", "upgrade", "--set", "plugins.greeter.enabled=false");

        assertThat(upgrade.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(upgrade.out()).contains("greeter stays at 1.0.0", "does not work here", "module-info");
        assertThat(plugins.resolve("greeter.jar")).hasBinaryContent(before);
    }

    @Test
    void an_upgrade_to_what_must_not_be_taken_fails_and_to_what_is_there_does_not() throws Exception {
        jar(repository.resolve("greeter-0.9.0.jar"), "0.9.0");
        jar(repository.resolve("greeter-1.0.0.jar"), "1.0.0");
        assertThat(run("plugins", "index", repository.toString()).exitCode()).isZero();

        CommandRun older = run("plugins", "upgrade", "greeter", "--to", "0.9.0");

        assertThat(older.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(older.out()).contains("greeter 1.0.0 stays: 0.9.0 is older than the installed 1.0.0");
        assertThat(run("plugins", "upgrade", "greeter", "--to", "1.0.0").exitCode())
                .isZero();
    }

    @Test
    void without_a_repository_the_commands_say_how_to_name_one() {
        environment.remove("OPENCLAW_PLUGINS_REPOSITORY");

        CommandRun check = run("plugins", "check");

        assertThat(check.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(check.err()).contains("--repository", "plugins-repository");
        assertThat(run("plugins", "check", "--repository", repository.toString())
                        .exitCode())
                .isZero();
    }
}
