package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.StoppedPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that load plugins without a host. */
@Timeout(60)
class StoppedPluginsTest {
    @TempDir
    Path folder;

    private int verifiers(Map<String, String> more) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        TestingPlugin.of("verifier").jar(plugins.resolve("verifier.jar"));
        Map<String, String> settings = new HashMap<>(more);
        settings.put("plugins-directory", plugins.toString());
        settings.put("data-directory", folder.resolve("data").toString());
        HostConfig config = HostConfig.read(settings, Map.of(), Optional.empty());
        try (StoppedPlugins stopped = StoppedPlugins.load(config)) {
            return stopped.extensions().all(ProofVerifier.class).size();
        }
    }

    @Test
    void no_class_of_an_unsigned_plugin_is_loaded() throws IOException {
        assertThat(verifiers(Map.of())).isZero();
    }

    @Test
    void one_is_where_signatures_are_not_wanted() throws IOException {
        assertThat(verifiers(Map.of("plugins-signatures", "off"))).isEqualTo(1);
    }
}
