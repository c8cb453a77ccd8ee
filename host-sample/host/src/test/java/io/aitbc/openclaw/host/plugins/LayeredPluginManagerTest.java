package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.proof.ProofVerifierFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

class LayeredPluginManagerTest {
    @TempDir
    Path folder;

    private LayeredPluginManager manager;
    private PluginStore store;

    @BeforeEach
    void prepare() throws IOException {
        manager = new LayeredPluginManager(Files.createDirectories(folder.resolve("plugins")), "1.2.3");
        store = new PluginStore(folder.toRealPath().resolve("generations"), ArchiveLimits.DEFAULT);
    }

    private ResolvedPlugin verifier() throws IOException, PluginLoadException {
        Path jar = TestingPlugin.of("verifier").manifest("Plugin-Requires", "").jar(folder.resolve("verifier.jar"));
        StagedPlugin staged = store.stage(jar, _ -> {});
        return ResolvedPlugin.of(PluginManifest.read(staged.jar(), ArchiveLimits.DEFAULT), staged, HostLayer.get());
    }

    @Test
    void stopping_stops_all_of_several_plugins() throws Exception {
        ResolvedPlugin plugin = verifier();
        for (int generation = 1; generation <= 4; generation++) {
            manager.load(plugin, generation);
        }
        manager.stopPlugins();
        assertThat(manager.getPlugins())
                .hasSize(4)
                .extracting(PluginWrapper::getPluginState)
                .containsOnly(PluginState.STOPPED);
        assertThat(manager.getStartedPlugins()).isEmpty();
        manager.unloadPlugins();
    }

    @Test
    void builds_of_one_version_are_equal() {
        assertThat(manager.compareVersions("1.0.0+1", "1.0.0+2")).isZero();
        assertThat(manager.compareVersions("1.0.0-rc.1+2", "1.0.0+1")).isNegative();
        assertThat(manager.compareVersions("1.10.0", "1.9.0+7")).isPositive();
    }

    @Test
    void generations_of_one_plugin_are_separate() throws Exception {
        ResolvedPlugin plugin = verifier();
        LayerClassLoader first = manager.load(plugin, 1);
        LayerClassLoader second = manager.load(plugin, 2);
        assertThat(first.loadClass("test.verifier.Version")).isNotEqualTo(second.loadClass("test.verifier.Version"));
        assertThat(manager.factories(ProofVerifierFactory.class, "verifier#2")).hasSize(1);
        assertThat(manager.getExtensionClassNames("verifier#1")).containsExactly("test.verifier.TestVerifierFactory");
        assertThat(manager.getExtensions(ProofVerifierFactory.class)).hasSize(2);
        manager.unload("verifier#1");
        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse();
        manager.unload("verifier#2");
        assertThat(manager.getPlugins()).isEmpty();
    }

    @Test
    void a_plugin_that_cannot_be_defined_does_not_poison_the_next_load() throws Exception {
        ResolvedPlugin good = verifier();
        ResolvedPlugin lost = new ResolvedPlugin(
                new PluginManifest(
                        "lost",
                        "1.0.0",
                        Optional.of(">=9.0.0"),
                        "",
                        "",
                        io.aitbc.openclaw.host.trust.Permissions.none()),
                good.staged(),
                good.moduleName(),
                good.configuration());
        assertThatThrownBy(() -> manager.load(lost, 1)).isInstanceOf(PluginLoadException.class);
        assertThat(manager.getPlugins()).isEmpty();
        manager.load(good, 1);
        assertThat(manager.getStartedPlugins()).hasSize(1);
        manager.unload("verifier#1");
    }

    @Test
    void concealed_packages_of_a_plugin_stay_concealed() throws Exception {
        LayerClassLoader loader = manager.load(verifier(), 1);
        Class<?> factory = loader.loadClass("test.verifier.TestVerifierFactory");
        assertThat(factory.getModule().isNamed()).isTrue();
        assertThatThrownBy(() -> factory.getConstructor().newInstance()).isInstanceOf(IllegalAccessException.class);
        assertThat(factory.getModule().canRead(PluginHost.class.getModule())).isFalse();
        manager.unload("verifier#1");
    }

    @Test
    void requirements_are_read_as_pf4j_reads_them() throws PluginLoadException {
        manager.checkRequires("1.0.0");
        manager.checkRequires("*");
        manager.checkRequires(">=1.2 & <2");
        assertThatThrownBy(() -> manager.checkRequires("1.3.0")).isInstanceOf(PluginLoadException.class);
        assertThatThrownBy(() -> manager.checkRequires("=1.0.0")).isInstanceOf(PluginLoadException.class);
        assertThatThrownBy(() -> manager.checkRequires("&&&")).hasMessageContaining("not a version expression");
        assertThatThrownBy(() -> manager.checkRequires(">".repeat(201))).hasMessageContaining("longer than");
    }
}
