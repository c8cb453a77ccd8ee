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
    void another_trusted_key_does_not_take_the_place_of_a_plugin_without_consent() throws Exception {
        Path trust = TrustStore.fileIn(data);
        SigningKey other = SigningKey.generate(new SecureRandom());
        TrustStore.trust(trust, "other", other.publicKey());
        install("p", "1.0.0", "");
        start().close();
        install("p", "2.0.0", "", other);
        String wanted = "plugins consent p --key " + other.publicKey().id();
        try (PluginHost host = start()) {
            assertThat(only(host, PluginState.FAILED).failure().orElseThrow()).contains(wanted);
            assertThat(only(host, PluginState.ACTIVE).version()).isEqualTo("1.0.0");
        }
        agreeTo(other, "p");
        try (PluginHost host = start()) {
            assertThat(only(host, PluginState.ACTIVE).version()).isEqualTo("2.0.0");
        }
        install("p", "2.0.1", "", key);
        try (PluginHost host = start()) {
            assertThat(only(host, PluginState.ACTIVE).version()).isEqualTo("2.0.1");
        }
    }

    @Test
    void another_key_may_be_agreed_to_before_the_plugin_is_loaded_for_the_first_time() throws Exception {
        SigningKey other = SigningKey.generate(new SecureRandom());
        TrustStore.trust(TrustStore.fileIn(data), "other", other.publicKey());
        agreeTo(other, "p");
        for (SigningKey each : List.of(key, other)) {
            install("p", each.equals(key) ? "1.0.0" : "2.0.0", "", each);
            try (PluginHost host = start()) {
                assertThat(only(host, PluginState.ACTIVE).signedBy())
                        .contains(each.publicKey().id());
            }
        }
    }

    private void agreeTo(SigningKey other, String id) throws Exception {
        assertThat(new Consents(Consents.fileIn(data))
                        .agreeToKey(id, other.publicKey().id()))
                .isTrue();
    }

    @Test
    void the_key_of_a_plugin_may_be_another_once_the_old_one_is_not_trusted() throws Exception {
        Path trust = TrustStore.fileIn(data);
        install("p", "1.0.0", "");
        start().close();
        SigningKey next = SigningKey.generate(new SecureRandom());
        TrustStore.trust(trust, "next", next.publicKey());
        TrustStore.distrust(trust, key.publicKey().id());
        install("p", "2.0.0", "", next);
        try (PluginHost host = start()) {
            assertThat(only(host, PluginState.ACTIVE).version()).isEqualTo("2.0.0");
        }
        assertThat(new Consents(Consents.fileIn(data)).keys("p"))
                .contains(next.publicKey().id());
    }

    @Test
    void a_lost_list_of_consents_does_not_let_the_next_version_do_more_than_the_last() throws Exception {
        install("p", "1.0.0", "network:one");
        start().close();
        Files.delete(Consents.fileIn(data));
        SigningKey other = SigningKey.generate(new SecureRandom());
        TrustStore.trust(TrustStore.fileIn(data), "other", other.publicKey());
        install("p", "2.0.0", "network:one", other);
        try (PluginHost host = start()) {
            assertThat(only(host, PluginState.FAILED).failure().orElseThrow()).contains("did not sign 'p' before");
        }
        Files.delete(Consents.fileIn(data));
        install("p", "2.0.0", "network:one spend");
        try (PluginHost host = start()) {
            assertThat(only(host, PluginState.FAILED).failure().orElseThrow()).contains("waits for consent to 'spend'");
            assertThat(only(host, PluginState.ACTIVE).version()).isEqualTo("1.0.0");
        }
        assertThat(agreed("p")).isEqualTo(Permissions.parse("network:one"));
    }
}
