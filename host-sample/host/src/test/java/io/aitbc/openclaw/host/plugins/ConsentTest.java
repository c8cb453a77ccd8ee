package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.trust.Consents;
import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the first version of a plugin may do is written down, and what a later one may do besides waits for a person. */
@Timeout(60)
class ConsentTest {
    private static final int MANY = 6;

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private Path plugins;
    private Path data;
    private PluginSigner signer;

    @BeforeEach
    void prepare() throws Exception {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        data = folder.resolve("data");
        signer = new PluginSigner(Files.createDirectory(folder.resolve("work")));
        TrustStore.trust(TrustStore.fileIn(data), "test", key.publicKey());
    }

    private PluginHost start() {
        return PluginHost.start(
                PluginHostOptions.of(plugins, data)
                        .withFolder(new PluginFolderOptions(
                                SignaturePolicy.REQUIRE,
                                List.of(TrustStore.fileIn(data)),
                                false,
                                false,
                                Duration.ofHours(1))),
                List.of());
    }

    private void install(String id, String version, String permissions) throws Exception {
        install(id, version, permissions, key);
    }

    private void install(String id, String version, String permissions, SigningKey by) throws Exception {
        Path jar = TestingPlugin.of("verifier")
                .replace("test/verifier/TestVerifier.java", "return \"test\";", "return context.pluginId();")
                .manifest("Plugin-Id", id)
                .manifest("Plugin-Version", version)
                .manifest("Plugin-Permissions", permissions)
                .jar(plugins.resolve(id + ".jar"));
        signer.sign(jar, by);
    }

    private Permissions agreed(String id) throws Exception {
        return new Consents(Consents.fileIn(data)).of(id).orElseThrow();
    }

    private static PluginStatus only(PluginHost host, PluginState state) {
        List<PluginStatus> found = new ArrayList<>(host.plugins());
        found.removeIf(status -> status.state() != state);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void what_plugins_may_do_that_start_side_by_side_is_written_down_for_each() throws Exception {
        for (int i = 0; i < MANY; i++) {
            install("p" + i, "1.0.0", "network:host" + i);
        }
        try (PluginHost host = start()) {
            assertThat(host.plugins()).extracting(PluginStatus::state).containsOnly(PluginState.ACTIVE);
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(agreed("p" + i)).isEqualTo(Permissions.parse("network:host" + i));
        }
    }

    @Test
    void a_lost_list_of_consents_does_not_let_the_next_version_do_more_than_the_last() throws Exception {
        install("p", "1.0.0", "network:one");
        start().close();
        Files.delete(Consents.fileIn(data));
        install("p", "2.0.0", "network:one spend");
        try (PluginHost host = start()) {
            assertThat(only(host, PluginState.FAILED).failure().orElseThrow()).contains("waits for consent to 'spend'");
            assertThat(only(host, PluginState.ACTIVE).version()).isEqualTo("1.0.0");
        }
        assertThat(agreed("p")).isEqualTo(Permissions.parse("network:one"));
    }
}
