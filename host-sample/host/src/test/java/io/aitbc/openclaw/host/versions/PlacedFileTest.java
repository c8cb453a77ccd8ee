package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.plugins.PluginFile;
import io.aitbc.openclaw.host.plugins.PluginSigner;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustException;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file and its signature change in one step, so that a process may die between any two. */
class PlacedFileTest {
    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private Path installed;
    private Path offered;
    private SignatureCheck check;

    @BeforeEach
    void installAndOffer() throws IOException, TrustException {
        Path trust = folder.resolve("keys.json");
        TrustStore.trust(trust, "test", key.publicKey());
        check = new SignatureCheck(SignaturePolicy.REQUIRE, List.of(trust));
        installed = signed(folder.resolve("plugins"), "1.0.0");
        offered = signed(folder.resolve("offered"), "2.0.0");
    }

    private Path signed(Path target, String version) throws IOException, TrustException {
        Path file = TestingArchive.of("zk", version)
                .at(Files.createDirectory(target).resolve("zk.jar"));
        var _ = new PluginSigner(Files.createDirectory(target.resolve("work"))).sign(file, key);
        return file;
    }

    private void assertGood(String version) {
        PluginFile read = PluginFile.read(installed);
        assertThat(read.version()).isEqualTo(version);
        assertThat(check.problem(installed, read)).isEmpty();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(installed.resolveSibling(""))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_signature_fits_after_each_of_the_steps() throws IOException {
        Path next = PluginSignature.nextFileOf(installed);
        assertGood("1.0.0");
        DurableFiles.copy(PluginSignature.fileOf(offered), next);
        assertGood("1.0.0");
        DurableFiles.copy(offered, installed);
        assertGood("2.0.0");
        DurableFiles.move(next, PluginSignature.fileOf(installed));
        assertGood("2.0.0");
    }

    @Test
    void placing_leaves_the_file_and_its_signature_and_nothing_else() throws IOException {
        new PlacedFile(offered).copyTo(installed);
        assertGood("2.0.0");
        assertThat(names()).containsExactly("zk.jar", "zk.jar.sig");
        assertThat(PluginSignature.fileOf(installed)).hasSameBinaryContentAs(PluginSignature.fileOf(offered));
    }

    @Test
    void what_a_process_that_died_began_is_finished() throws IOException {
        Path next = PluginSignature.nextFileOf(installed);
        DurableFiles.copy(PluginSignature.fileOf(offered), next);
        PlacedFile.settle(installed.resolveSibling(""));
        assertGood("1.0.0");
        assertThat(names()).containsExactly("zk.jar", "zk.jar.sig");

        DurableFiles.copy(PluginSignature.fileOf(offered), next);
        DurableFiles.copy(offered, installed);
        PlacedFile.settle(installed.resolveSibling(""));
        assertGood("2.0.0");
        assertThat(names()).containsExactly("zk.jar", "zk.jar.sig");

        Files.writeString(next, "no signature");
        Files.writeString(installed.resolveSibling("gone.jar.sig.next"), "of a file that is not there");
        PlacedFile.settle(installed.resolveSibling(""));
        assertThat(names()).containsExactly("zk.jar", "zk.jar.sig");
    }

    @Test
    void a_next_signature_is_worth_nothing_for_other_bytes_or_by_a_stranger() throws Exception {
        Path next = PluginSignature.nextFileOf(installed);
        Files.delete(PluginSignature.fileOf(installed));
        DurableFiles.copy(PluginSignature.fileOf(offered), next);
        assertThat(check.problem(installed, PluginFile.read(installed))).contains("it has no signature");

        SigningKey stranger = SigningKey.generate(new SecureRandom());
        var _ = new PluginSigner(Files.createDirectory(folder.resolve("work"))).sign(installed, stranger);
        DurableFiles.move(PluginSignature.fileOf(installed), next);
        assertThat(check.problem(installed, PluginFile.read(installed)).orElse(""))
                .contains("which is not trusted");
    }
}
