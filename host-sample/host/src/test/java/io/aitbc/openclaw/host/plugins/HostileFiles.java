package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.PluginStatement;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustException;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes plugin files that nobody should load, signed by a key that is trusted unless a case says otherwise. */
final class HostileFiles {
    private final Path folder;
    private final Path trust;
    private final SigningKey key;

    HostileFiles(Path folder, Path trust) throws IOException, TrustException {
        this(folder, trust, SigningKey.generate(new SecureRandom()));
    }

    HostileFiles(Path folder, Path trust, SigningKey key) throws IOException, TrustException {
        this.folder = folder;
        this.trust = trust;
        this.key = key;
        TrustStore.trust(trust, "test", key.publicKey());
    }

    Path trust() {
        return trust;
    }

    SigningKey key() {
        return key;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static TestingPlugin plugin() {
        return TestingPlugin.of("verifier").manifest("Plugin-Id", "bad");
    }

    /** Signed as what a good one would be. */
    Path sign(Path file) throws IOException, TrustException {
        return sign(file, it -> it, key);
    }

    Path sign(Path file, UnaryOperator<PluginStatement> lie, SigningKey signer) throws IOException, TrustException {
        PluginStatement honest = new PluginStatement(
                Sha256.of(file), "bad", "1.0.0", ">=0.1.0 & <1.0.0", Permissions.parse("background"));
        PluginSignature.sign(lie.apply(honest), signer).write(file);
        return file;
    }

    Path jar(UnaryOperator<TestingPlugin> change) throws IOException, TrustException {
        return sign(plainJar(change));
    }

    Path plainJar(UnaryOperator<TestingPlugin> change) throws IOException {
        return change.apply(plugin().manifest("Plugin-Permissions", "background"))
                .jar(folder.resolve("bad.jar"));
    }

    Path cut(String name, byte[] whole) throws IOException, TrustException {
        return raw(name, Arrays.copyOf(whole, whole.length / 2));
    }

    Path raw(String name, byte[] bytes) throws IOException, TrustException {
        return sign(Files.write(folder.resolve(name), bytes));
    }

    Path garbage(String name) throws IOException, TrustException {
        byte[] bytes = new byte[5000];
        new Random(name.hashCode()).nextBytes(bytes); // equal bytes are one plugin, whatever they are called
        return raw(name, bytes);
    }

    /** A zip with a good plugin and one entry more. */
    Path zip(String name, byte[] content) throws IOException, TrustException {
        return zip(Map.of("a-plugin.jar", goodJar(), name, content));
    }

    Path zip(Map<String, byte[]> entries) throws IOException, TrustException {
        return raw("bad.zip", zipBytes(entries));
    }

    static byte[] goodJar() {
        try {
            Path jar = plugin().jar(Files.createTempFile("good", ".jar"));
            byte[] bytes = Files.readAllBytes(jar);
            Files.delete(jar);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] zipBytes(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** A good plugin beside which a signature lies that is not one. */
    Path signature(String text) throws IOException {
        Path jar = plainJar(it -> it);
        Files.writeString(PluginSignature.fileOf(jar), text);
        return jar;
    }

    /** Small entries with long comments, which are in no entry but in the list of all. */
    static byte[] longDirectory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Random random = new Random(7); // so that it is not refused for being small when packed
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 130; i++) {
                ZipEntry entry = new ZipEntry("file" + i);
                entry.setComment(random.ints(65_000, 'a', 'z')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
                out.putNextEntry(entry);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Its class path leads elsewhere. */
    static byte[] library(String manifestName, String before) throws IOException {
        return zipBytes(
                Map.of(manifestName, text("Manifest-Version: 1.0\n" + before + "Class-Path: ../../evil.jar\n\n")));
    }

    static byte[] manyEntries() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i <= ArchiveLimits.DEFAULT.entries(); i++) {
                out.putNextEntry(new ZipEntry("file" + i));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Nobody has to write so much to claim it. */
    Path sparse(String name, long length) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(length);
        }
        return file;
    }

    /** Opening one to read it waits for somebody who writes. */
    static Path pipe(Path file) throws IOException {
        Process made = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
        if (made.onExit().join().exitValue() != 0) {
            throw new IOException("mkfifo " + file + " failed");
        }
        return file;
    }

    /** A good plugin with its signature, of which a field was changed. */
    Path signatureWith(String field, UnaryOperator<String> change) throws IOException, TrustException {
        Path jar = jar(it -> it);
        Path file = PluginSignature.fileOf(jar);
        String text = Files.readString(file);
        var match = java.util.regex.Pattern.compile("\"" + field + "\" : \"([^\"]*)\"")
                .matcher(text);
        if (!match.find()) {
            throw new IllegalStateException("No " + field + " in " + text);
        }
        Files.writeString(file, text.replace(match.group(1), change.apply(match.group(1))));
        return jar;
    }

    static String flip(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        bytes[bytes.length / 2] ^= 1;
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] zeros(int count) {
        return new byte[count];
    }

    static byte[] text(String text) {
        return bytes(text);
    }
}
