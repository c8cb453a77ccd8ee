package io.aitbc.openclaw.host.plugins;

import static io.aitbc.openclaw.host.plugins.HostileFiles.text;
import static io.aitbc.openclaw.host.plugins.HostileFiles.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.PlainText;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.PluginStatement;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustException;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Hostile and broken plugin files: each is refused with its reason, before any code of it runs, and leaves nothing behind. */
@Timeout(60)
class HostileArchivesTest {
    interface Writer {
        Path write(HostileFiles files) throws IOException, TrustException;
    }

    record Case(String name, String reason, Writer writer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case manifest(String name, String entry, String value, String reason) {
        return new Case(name, reason, files -> files.jar(it -> it.manifest(entry, value)));
    }

    private static Case entry(String name) {
        return new Case(
                "zip entry " + name,
                "only files at the root and lib/*.jar are allowed",
                files -> files.zip(name, text("evil")));
    }

    private static Case signature(String name, String reason, String text) {
        return new Case("signature " + name, reason, files -> files.signature(text));
    }

    private static PluginStatement with(PluginStatement it, String id, String version, String requires, String rights) {
        try {
            return new PluginStatement(it.sha256(), id, version, requires, Permissions.parse(rights));
        } catch (TrustException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Case lie(String what, String id, String version, String requires, String rights) {
        return new Case("signed for another " + what, "its signature is for " + what, files -> {
            Path jar = files.plainJar(it -> it);
            return files.sign(jar, it -> with(it, id, version, requires, rights), files.key());
        });
    }

    static final List<Case> CASES = List.of(
            new Case("empty jar", "is not a readable jar", files -> files.raw("bad.jar", zeros(0))),
            new Case("garbage jar", "is not a readable jar", files -> files.garbage("bad.jar")),
            new Case("cut jar", "is not a readable jar", files -> files.cut("bad.jar", HostileFiles.goodJar())),
            new Case(
                    "jar without manifest",
                    "has no META-INF/MANIFEST.MF",
                    files -> files.raw("bad.jar", HostileFiles.zipBytes(Map.of("a.txt", text("a"))))),
            new Case(
                    "endless manifest",
                    "its manifest is longer than",
                    files -> files.raw(
                            "bad.jar",
                            HostileFiles.zipBytes(Map.of("META-INF/MANIFEST.MF", text("A: b\n".repeat(20_000)))))),
            new Case(
                    "jar bomb",
                    "unpacks to more than 100 times its size",
                    files -> files.raw(
                            "bad.jar", HostileFiles.zipBytes(Map.of("META-INF/MANIFEST.MF", zeros(8 << 20))))),
            manifest("no id", "Plugin-Id", "", "has no Plugin-Id"),
            manifest("id with path", "Plugin-Id", "../../etc", "Plugin-Id '../../etc' is not allowed"),
            manifest("id of the host", "Plugin-Id", "host", "Plugin-Id 'host' is not allowed"),
            manifest("id in capitals", "Plugin-Id", "Bad", "Plugin-Id 'Bad' is not allowed"),
            manifest("id too long", "Plugin-Id", "b".repeat(60) + "aaaa", "is not allowed"),
            manifest("no version", "Plugin-Version", "", "has no Plugin-Version"),
            manifest("version of two numbers", "Plugin-Version", "1.0", "'1.0' is not a semantic version"),
            manifest("version in words", "Plugin-Version", "latest", "'latest' is not a semantic version"),
            manifest("version with a zero", "Plugin-Version", "01.2.3", "'01.2.3' is not a semantic version"),
            manifest("later API", "Plugin-Requires", ">=2.0.0", "needs version >=2.0.0 of the plugin API"),
            manifest("senseless API", "Plugin-Requires", ">=@!", "is not a version expression"),
            manifest("endless API", "Plugin-Requires", ">=0.0.1 & ".repeat(30) + ">=0.0.1", "is longer than 200"),
            manifest("dependencies", "Plugin-Dependencies", "other", "'other' is not supported"),
            manifest("class path to elsewhere", "Class-Path", "file:/tmp/evil.jar", "'file:/tmp/evil.jar'"),
            manifest(
                    "class path to above", "Class-Path", "a.jar ../../other/plugin.jar", "leads out of it (Class-Path"),
            new Case(
                    "library with a class path to elsewhere",
                    "its library a.jar: its manifest leads out of it",
                    files -> files.zip(
                            "lib/a.jar",
                            HostileFiles.zipBytes(Map.of(
                                    "META-INF/MANIFEST.MF",
                                    text("Manifest-Version: 1.0\nClass-Path: ../../evil.jar\n\nName: a\n"))))),
            new Case(
                    "library with a manifest in small letters",
                    "its library a.jar: its manifest is called 'meta-inf/manifest.mf'",
                    files -> files.zip("lib/a.jar", HostileFiles.library("meta-inf/manifest.mf", ""))),
            new Case("second manifest in other letters", "has more than one manifest", files -> {
                Path jar = files.plainJar(it -> it);
                TestingPlugin.addClass(jar, "META-INF/manifest.mf");
                return files.sign(jar);
            }),
            new Case(
                    "library with a class path behind much else",
                    "its library a.jar: the main section of its manifest is longer than",
                    files -> files.zip("lib/a.jar", HostileFiles.library("META-INF/MANIFEST.MF", attributes(70_000)))),
            manifest("unknown permission", "Plugin-Permissions", "root", "declares a permission 'root'"),
            manifest("endless permissions", "Plugin-Permissions", permissions(), "declares more than 100 permissions"),
            new Case("no module", "has no module-info.class", files -> files.jar(_ -> withoutModule())),
            new Case("module of garbage", "its module-info.class cannot be read", files -> {
                Path jar = files.plainJar(_ -> withoutModule());
                TestingPlugin.addClass(jar, "module-info.class");
                return files.sign(jar);
            }),
            new Case("package of the API", "its module does not fit into the host", files -> {
                Path jar = files.plainJar(it -> it);
                TestingPlugin.addClass(jar, "io/aitbc/openclaw/api/proof/Evil.class");
                return files.sign(jar);
            }),
            new Case("service without permission", "without declaring the permission 'background'", files -> {
                Path jar = TestingPlugin.of("worker")
                        .manifest("Plugin-Id", "bad")
                        .jar(Files.createTempFile("worker", ".jar"));
                byte[] bytes = Files.readAllBytes(jar);
                Files.delete(jar);
                Path file = files.raw("bad.jar", bytes);
                return files.sign(file, it -> with(it, it.id(), it.version(), it.requires(), ""), files.key());
            }),
            entry("../evil.jar"),
            entry("lib/../../evil.jar"),
            entry("/etc/evil.jar"),
            entry("lib\\..\\evil.jar"),
            entry("C:\\evil.jar"),
            entry("lib/sub/evil.jar"),
            entry("lib/evil.so"),
            entry("lib/.hidden.jar"),
            entry("classes/Evil.class"),
            entry("classes/"),
            new Case("two plugins", "more than one jar at its root", files -> files.zip("z-other.jar", text("other"))),
            new Case("no plugin", "has no plugin jar at its root", files -> files.zip(Map.of("README", text("hello")))),
            new Case("libraries only", "has no plugin jar", files -> files.zip(Map.of("lib/a.jar", text("a")))),
            new Case(
                    "names in two cases",
                    "has two entries named",
                    files -> files.zip(Map.of("lib/a.jar", text("a"), "lib/A.jar", text("a")))),
            new Case(
                    "zip bomb",
                    "unpacks to more than 100 times its size",
                    files -> files.zip(Map.of("lib/bomb.jar", zeros(8 << 20)))),
            new Case(
                    "zip with a long list of entries",
                    "its list of entries is longer than",
                    files -> files.raw("bad.zip", HostileFiles.longDirectory())),
            new Case(
                    "jar with a long list of entries",
                    "its list of entries is longer than",
                    files -> files.raw("bad.jar", HostileFiles.longDirectory())),
            new Case(
                    "library with a long list of entries",
                    "its library a.jar: its list of entries is longer than",
                    files -> files.zip("lib/a.jar", HostileFiles.longDirectory())),
            new Case(
                    "zip of too many entries",
                    "has more than 20000 entries",
                    files -> files.raw("bad.zip", HostileFiles.manyEntries())),
            new Case("jar of any size", "is larger than", files -> files.sparse("bad.jar", 1L << 40)),
            new Case("empty zip", "has no plugin jar", files -> files.zip(Map.of())),
            new Case("garbage zip", "is not a readable zip", files -> files.garbage("bad.zip")),
            new Case(
                    "cut zip",
                    "is not a readable zip",
                    files -> files.cut("bad.zip", HostileFiles.zipBytes(Map.of("a.jar", HostileFiles.goodJar())))),
            new Case("zip of garbage", "is not a readable jar", files -> files.zip(Map.of("a.jar", text("no jar")))),
            new Case("no signature", "has no signature: bad.jar.sig is missing", files -> files.plainJar(it -> it)),
            new Case("name of two lines", "its name has characters that cannot be printed", files -> {
                Path jar = files.jar(it -> it);
                Path named = jar.resolveSibling("a\n\u009b\u202eb.jar");
                Files.move(PluginSignature.fileOf(jar), PluginSignature.fileOf(named));
                return Files.move(jar, named);
            }),
            signature("empty", "is not a JSON", ""),
            signature("no JSON", "is not a JSON document", "-----BEGIN SIGNATURE-----"),
            signature("array", "is not a JSON object", "[]"),
            signature("twice the same field", "is not a JSON document", "{\"format\":\"a\",\"format\":\"b\"}"),
            signature("other format", "has the format 'x/9'", "{\"format\":\"x/9\"}"),
            signature("without key", "has no text 'key'", "{\"format\":\"" + PluginSignature.FORMAT + "\"}"),
            new Case("signature that is a pipe", "its signature file is not a file", files -> {
                Path jar = files.plainJar(it -> it);
                Path _ = HostileFiles.pipe(PluginSignature.fileOf(jar));
                return jar;
            }),
            signature("endless", "is longer than", "{" + " ".repeat(20_000) + "}"),
            new Case(
                    "signature no Base64",
                    "'signature' that is not Base64",
                    files -> files.signatureWith("signature", it -> "!" + it)),
            new Case(
                    "signature too short",
                    "its signature is wrong",
                    files -> files.signatureWith("signature", it -> it.substring(0, 40))),
            new Case(
                    "signature changed",
                    "its signature is wrong",
                    files -> files.signatureWith("signature", HostileFiles::flip)),
            new Case(
                    "statement changed",
                    "its signature is wrong",
                    files -> files.signatureWith("statement", HostileFiles::flip)),
            new Case(
                    "stranger's key",
                    "which is not trusted",
                    files -> files.sign(files.plainJar(it -> it), it -> it, SigningKey.generate(new SecureRandom()))),
            new Case("key no longer trusted", "which is not trusted", files -> {
                TrustStore.distrust(files.trust(), files.key().publicKey().id());
                return files.jar(it -> it);
            }),
            new Case("broken trust store", "the trust store", files -> {
                Files.writeString(files.trust(), "{\"trusted\":[{\"key\":\"AAAA\"}]}");
                return files.jar(it -> it);
            }),
            new Case("file changed after signing", "is not the file that was signed", files -> {
                Path jar = files.jar(it -> it);
                TestingPlugin.addClass(jar, "test/verifier/Smuggled.class");
                return jar;
            }),
            lie("Plugin-Id", "zk", "1.0.0", ">=0.1.0 & <1.0.0", "background"),
            lie("Plugin-Version", "bad", "1.0.1", ">=0.1.0 & <1.0.0", "background"),
            lie("Plugin-Requires", "bad", "1.0.0", "", "background"),
            lie("Plugin-Permissions", "bad", "1.0.0", ">=0.1.0 & <1.0.0", ""));

    private static TestingPlugin withoutModule() {
        return TestingPlugin.empty("bad")
                .manifest("Plugin-Permissions", "background")
                .file("test/Nothing.java", "package test; class Nothing {}");
    }

    /** Attributes that do not pack well. */
    private static String attributes(int bytes) {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < bytes; i++) {
            text.append("X-").append(i).append(": ").append(random.nextLong()).append('\n');
        }
        return text.toString();
    }

    private static String permissions() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 101; i++) {
            text.append(" files:").append(i);
        }
        return text.substring(1);
    }

    @TempDir
    Path folder;

    private HostileFiles files() throws IOException, TrustException {
        Files.createDirectories(folder.resolve("plugins"));
        return new HostileFiles(folder.resolve("plugins"), folder.resolve("keys.json"));
    }

    private PluginHost start() {
        return PluginHost.start(
                PluginHostOptions.of(folder.resolve("plugins"), folder.resolve("data"))
                        .withFolder(new PluginFolderOptions(
                                SignaturePolicy.REQUIRE,
                                List.of(folder.resolve("keys.json")),
                                false,
                                false,
                                Duration.ofHours(1))),
                List.of());
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void is_refused_with_its_reason_and_leaves_nothing(Case hostile) throws Exception {
        Path file = hostile.writer().write(files());
        try (PluginHost host = start()) {
            assertThat(host.plugins()).hasSize(1);
            PluginStatus status = host.plugins().getFirst();
            assertThat(status.state()).isEqualTo(PluginState.FAILED);
            assertThat(status.failure().orElseThrow())
                    .contains(hostile.reason())
                    .doesNotContain("\n");
            assertThat(status.transitions())
                    .extracting(PluginTransition::state)
                    .doesNotContain(PluginState.STARTED, PluginState.ACTIVE);
            assertThat(List.of(status.id(), status.source())).allMatch(PlainText::is);
            assertThat(host.extensions().all(ProofVerifier.class)).isEmpty();
        }
        assertThat(folder.resolve("data/plugins")).doesNotExist();
        assertThat(folder.resolve("data/trust/consents.json")).doesNotExist();
        assertThat(names(folder)).doesNotContain("evil.jar");
        assertThat(names(folder.resolve("data"))).isSubsetOf("generations", "last-good-plugins", "host.db", "trust");
        assertThat(names(folder.resolve("plugins")))
                .isSubsetOf(
                        String.valueOf(file.getFileName()),
                        String.valueOf(PluginSignature.fileOf(file).getFileName()));
    }

    private static TreeSet<String> names(Path directory) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> found = Files.list(directory)) {
            found.forEach(each -> names.add(String.valueOf(each.getFileName())));
        }
        return names;
    }

    @Test
    void a_pipe_as_the_next_signature_or_as_a_file_keeps_nobody_waiting() throws Exception {
        HostileFiles files = files();
        Path jar = files.jar(it -> it);
        Path _ = HostileFiles.pipe(PluginSignature.nextFileOf(jar));
        Path _ = HostileFiles.pipe(folder.resolve("plugins/pipe.jar"));
        try (PluginHost host = start()) {
            assertThat(host.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.ACTIVE);
            Files.delete(jar);
            Path _ = HostileFiles.pipe(jar);
            assertThatThrownBy(() -> host.reload("bad", false)).hasMessageContaining("is not a file");
        }
    }

    @Test
    void there_are_enough_of_them_and_the_honest_one_is_loaded() throws Exception {
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(40);
        HostileFiles files = files();
        files.jar(it -> it);
        try (PluginHost host = start()) {
            PluginStatus status = host.plugins().getFirst();
            assertThat(status.failure()).isEmpty();
            assertThat(status.signedBy()).contains(files.key().publicKey().id());
            assertThat(status.permissions()).isEqualTo("background");
            assertThat(status.transitions())
                    .extracting(PluginTransition::state)
                    .containsExactly(
                            PluginState.SEEN,
                            PluginState.STABLE,
                            PluginState.VERIFIED,
                            PluginState.STAGED,
                            PluginState.RESOLVED,
                            PluginState.STARTED,
                            PluginState.PROBED,
                            PluginState.ACTIVE);
        }
    }
}
