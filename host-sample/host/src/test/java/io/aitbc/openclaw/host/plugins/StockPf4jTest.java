package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.ProofVerifierFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginManager;
import org.pf4j.PluginState;

/** One jar for both kinds of host. */
class StockPf4jTest {
    @TempDir
    Path folder;

    private Path plugins;

    @BeforeEach
    void write() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        TestingPlugin.of("verifier")
                .file("META-INF/extensions.idx", "test.verifier.TestVerifierFactory\n")
                .jar(plugins.resolve("verifier.jar"));
    }

    private static String module(ProofVerifier verifier) {
        return verifier.verify(new Evidence("module", "{}", Set.of())).reason();
    }

    @Test
    void the_jar_is_a_named_module_in_this_host() {
        try (PluginHost host = PluginHost.start(PluginHostOptions.of(plugins, folder.resolve("data")), List.of())) {
            assertThat(module(host.extensions().first(ProofVerifier.class).orElseThrow()))
                    .isEqualTo("module test.verifier");
        }
    }

    @Test
    void the_jar_works_in_a_stock_pf4j_host() throws IOException {
        PluginManager manager = new DefaultPluginManager(plugins);
        manager.setSystemVersion(PluginHost.API_VERSION);
        manager.loadPlugins();
        manager.startPlugins();
        assertThat(manager.getPlugin("verifier").getPluginState()).isEqualTo(PluginState.STARTED);
        List<ProofVerifierFactory> factories = manager.getExtensions(ProofVerifierFactory.class);
        assertThat(factories).hasSize(1);
        PluginManifest manifest = new PluginManifest(
                "verifier",
                "1.0.0",
                java.util.Optional.empty(),
                "",
                "",
                io.aitbc.openclaw.host.trust.Permissions.none());
        ClassLoader loader = manager.getPluginClassLoader("verifier");
        try (HostPluginContext context = new HostPluginContext(
                        manifest,
                        io.aitbc.openclaw.api.PluginConfig.empty("plugins.verifier"),
                        new ExtensionRegistry(),
                        folder,
                        java.time.InstantSource.system(),
                        new io.aitbc.openclaw.contract.TestingOutbox(),
                        loader);
                ProofVerifier verifier = factories.getFirst().create(context)) {
            assertThat(module(verifier)).startsWith("unnamed module");
        }
        assertThat(manager.unloadPlugin("verifier")).isTrue();
    }
}
