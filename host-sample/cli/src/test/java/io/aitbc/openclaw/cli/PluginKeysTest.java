package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginKeysTest {
    @TempDir
    Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.of(
                Map.of(
                        "OPENCLAW_DATA_DIRECTORY", folder.resolve("data").toString(),
                        "OPENCLAW_PLUGINS_DIRECTORY", folder.resolve("plugins").toString()),
                arguments);
    }

    private Path plugin(String permissions) throws IOException {
        return plugin("1.2.3", permissions);
    }

    private Path plugin(String version, String permissions) throws IOException {
        Manifest manifest = new Manifest();
        Attributes entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.putValue("Plugin-Id", "some");
        entries.putValue("Plugin-Version", version);
        entries.putValue("Plugin-Permissions", permissions);
        Path file = Files.createDirectories(folder.resolve("plugins")).resolve("some.jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream _ = new JarOutputStream(out, manifest)) {
            return file;
        }
    }

    private Path key(String name) {
        Path key = folder.resolve(name);
        CommandRun made = run("plugins", "keygen", key.toString());
        assertThat(made.exitCode()).as(made.err()).isZero();
        return key;
    }

    @Test
    void a_signed_plugin_is_good_once_its_key_is_trusted_and_until_it_is_not() throws IOException {
        String plugin = plugin("spend").toString();
        Path key = key("my.pem");
        assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        assertThat(run("plugins", "verify", plugin).out()).contains("has no signature");
        CommandRun signed = run("plugins", "sign", "--key", key.toString(), plugin);
        assertThat(signed.exitCode()).as(signed.err()).isZero();
        assertThat(signed.out()).contains("signed some 1.2.3", "permissions: spend", "ed25519:");
        CommandRun stranger = run("plugins", "verify", plugin);
        assertThat(stranger.exitCode()).isEqualTo(1);
        assertThat(stranger.out()).contains("not trusted");

        assertThat(run("plugins", "trust", key + ".pub", "--name", "me").exitCode())
                .isZero();
        CommandRun good = run("plugins", "verify", plugin);
        assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
        assertThat(good.out()).contains("some 1.2.3");

        String id = signed.out().strip().replaceAll("(?s).*(ed25519:\\p{XDigit}+).*", "$1");
        assertThat(run("plugins", "untrust", id).exitCode()).isZero();
        assertThat(run("plugins", "verify", plugin).exitCode()).isEqualTo(1);
        assertThat(run("plugins", "untrust", id).err()).contains("is not trusted anyway");
        assertThat(run("plugins", "history").out()).contains("distrusted", "trusted", id + " (me)");
    }

    @Test
    void a_version_that_no_host_loads_is_not_signed() throws IOException {
        CommandRun run = run(
                "plugins",
                "sign",
                "--key",
                key("my.pem").toString(),
                plugin("1.2", "").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("'1.2' is not a semantic version such as 1.2.3");
    }

    @Test
    void a_plugin_that_was_changed_after_signing_is_bad() throws IOException {
        String plugin = plugin("").toString();
        Path key = key("my.pem");
        assertThat(run("plugins", "trust", key + ".pub").exitCode()).isZero();
        assertThat(run("plugins", "sign", "--key", key.toString(), plugin).exitCode())
                .isZero();
        assertThat(plugin("spend")).exists();
        CommandRun bad = run("plugins", "verify", plugin);
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.out()).contains("is not the file that was signed");
    }

    @Test
    void a_key_is_never_overwritten_and_another_file_is_no_key() throws IOException {
        Path key = key("my.pem");
        byte[] before = Files.readAllBytes(key);
        CommandRun again = run("plugins", "keygen", key.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("exists already");
        assertThat(key).hasBinaryContent(before);
        assertThat(run("plugins", "trust", key.toString()).err()).contains("is not a public key");
        assertThat(run("plugins", "sign", "--key", key + ".pub", plugin("").toString())
                        .err())
                .contains("is not a private key")
                .doesNotContain("Exception");
        assertThat(run("plugins", "sign", "--key", "none.pem", plugin("").toString())
                        .err())
                .contains("Nothing is signed: the key none.pem cannot be read: no such file")
                .doesNotContain("Exception");
    }

    @Test
    void consent_to_another_key_of_a_plugin_is_in_the_history() {
        Path key = key("other.pem");
        String id = run("plugins", "trust", key + ".pub").out().replaceAll("(?s).*(ed25519:\\p{XDigit}+).*", "$1");
        assertThat(run("plugins", "consent", "some", "--key", id).out())
                .contains("some may be signed by " + id + " from");
        assertThat(run("plugins", "consent", "some", "--key", id).out()).contains("already");
        assertThat(run("plugins", "history").out()).contains("some", "key " + id);
        assertThat(run("plugins", "consent", "some", "--key", "ed25519:00").err())
                .contains("is not trusted");
    }

    @Test
    void consent_is_to_what_the_file_in_the_folder_asks_for() throws IOException {
        assertThat(plugin("spend network:example.org")).exists();
        assertThat(run("plugins", "consent", "some").out()).contains("some may now: network:example.org spend");
        assertThat(run("plugins", "consent", "some").out()).contains("nothing that was not agreed to");
        assertThat(folder.resolve("data/trust/consents.json")).content().contains("network:example.org");
        CommandRun other = run("plugins", "consent", "other");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("There is no plugin 'other'");
    }
}
