package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD) // collects garbage, and waits for it to be gone
class PluginHostTest {
    @TempDir
    Path folder;

    private Path plugins;
    private PluginHostOptions options;

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        options = PluginHostOptions.of(plugins, folder.resolve("data"));
    }

    private static String ask(PluginHost host, String kind) {
        return host.extensions()
                .byId(ProofVerifier.class, "test")
                .orElseThrow()
                .verify(new Evidence(kind, "{}", Set.of()))
                .reason();
    }

    @Test
    void loads_a_plugin_as_a_named_module() throws IOException {
        TestingPlugin.of("verifier").jar(plugins.resolve("verifier.jar"));
        try (PluginHost host = PluginHost.start(options, List.of())) {
            assertThat(host.plugins()).singleElement().satisfies(status -> {
                assertThat(status.state()).isEqualTo(PluginState.ACTIVE);
                assertThat(status.id()).isEqualTo("verifier");
                assertThat(status.version()).isEqualTo("1.0.0");
                assertThat(status.generation()).isEqualTo(1);
                assertThat(status.failure()).isEmpty();
                assertThat(status.extensions()).containsExactly("ProofVerifier/test");
                assertThat(status.source()).isEqualTo("verifier.jar");
                assertThat(status.sha256()).isEqualTo(Sha256.of(plugins.resolve("verifier.jar")));
                assertThat(status.startTime()).isPositive();
            });
            assertThat(ask(host, "module")).isEqualTo("module test.verifier");
        }
    }

    @Test
    void context_gives_settings_ids_and_the_plugins_class_loader() throws IOException {
        TestingPlugin.of("verifier").jar(plugins.resolve("verifier.jar"));
        options = options.withConfig(Map.of("verifier", Map.of("colour", "blue"), "other", Map.of("colour", "red")));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (PluginHost host = PluginHost.start(options, List.of())) {
            assertThat(ask(host, "setting")).isEqualTo("blue");
            assertThat(ask(host, "ids")).isEqualTo("verifier 1.0.0");
            assertThat(ask(host, "context-loader")).isEqualTo("true");
            assertThat(ask(host, "resource")).isEqualTo("1.0.0");
        }
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void closing_closes_extensions_and_interrupts_tasks() throws IOException {
        TestingPlugin.of("verifier").jar(plugins.resolve("verifier.jar"));
        Path data = folder.resolve("data/plugins/verifier");
        PluginHost host = PluginHost.start(options, List.of());
        ProofVerifier verifier = host.extensions().first(ProofVerifier.class).orElseThrow();
        await().until(() -> Files.exists(data.resolve("tick")));
        host.close();
        assertThat(data.resolve("closed")).exists();
        assertThat(data.resolve("task-interrupted")).exists();
        assertThat(host.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.CLOSED);
        assertThat(host.extensions().all(ProofVerifier.class)).isEmpty();
        assertThatThrownBy(verifier::kinds)
                .isInstanceOfSatisfying(
                        OpenClawException.class,
                        e -> assertThat(e.code().name()).isEqualTo("PLUGIN_UNAVAILABLE"));
        await().until(() -> {
            System.gc();
            return host.unloadedInMemory() == 0;
        });
    }

    @Test
    void extensions_of_the_host_come_first_and_close_does_not_reach_them() throws IOException {
        TestingPlugin.of("verifier").jar(plugins.resolve("a.jar"));
        TestingEngine engine = new TestingEngine("embedded");
        try (PluginHost host = PluginHost.start(options, List.of(new TestingVerifier("zz", () -> {}), engine))) {
            assertThat(host.extensions().all(ProofVerifier.class))
                    .extracting(Extension::id)
                    .containsExactly("zz", "test");
            assertThat(host.extensions().all(LocalEngine.class))
                    .extracting(Extension::id)
                    .containsExactly("embedded");
            assertThat(host.extensions().all(InferenceProvider.class)).hasSize(1);
            host.extensions().all(Extension.class).forEach(Extension::close);
            assertThat(engine.closed()).isFalse();
            assertThat(ask(host, "version")).isEqualTo("1.0.0");
        }
        assertThat(engine.closed()).isFalse();
    }

    @Test
    void two_extensions_of_the_host_with_one_id_are_refused() {
        List<Extension> twice = List.of(new TestingVerifier("a", () -> {}), new TestingVerifier("a", () -> {}));
        assertThatThrownBy(() -> PluginHost.start(options, twice))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("ProofVerifier/a");
    }

    @Test
    void a_missing_plugins_directory_means_no_plugins() {
        options = PluginHostOptions.of(folder.resolve("missing"), folder.resolve("data"));
        try (PluginHost host = PluginHost.start(options, List.of())) {
            assertThat(host.plugins()).isEmpty();
        }
    }

    @Test
    void a_disabled_plugin_is_listed_and_not_loaded() throws IOException {
        TestingPlugin.of("verifier").jar(plugins.resolve("verifier.jar"));
        Files.writeString(plugins.resolve("disabled.txt"), "verifier\n");
        try (PluginHost host = PluginHost.start(options, List.of())) {
            assertThat(host.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.DISABLED);
            assertThat(host.extensions().all(ProofVerifier.class)).isEmpty();
        }
    }

    @Test
    void a_plugin_can_be_disabled_by_its_settings() throws IOException {
        TestingPlugin.of("verifier").jar(plugins.resolve("verifier.jar"));
        options = options.withConfig(Map.of("verifier", Map.of("enabled", "false")));
        try (PluginHost host = PluginHost.start(options, List.of())) {
            assertThat(host.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.DISABLED);
        }
        options = options.withConfig(Map.of("verifier", Map.of("enabled", "perhaps")));
        try (PluginHost host = PluginHost.start(options, List.of())) {
            assertThat(host.plugins().getFirst().failure().orElseThrow()).contains("must be true or false");
        }
    }

    @Test
    void api_version_is_that_of_the_api_module() {
        String module =
                ProofVerifier.class.getModule().getDescriptor().rawVersion().orElseThrow();
        assertThat(module.replace("-SNAPSHOT", "")).isEqualTo(PluginHost.API_VERSION);
    }
}
