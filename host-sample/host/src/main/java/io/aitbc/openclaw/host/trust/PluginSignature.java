package io.aitbc.openclaw.host.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A detached signature of a plugin file, in {@code FILE.sig}: a JSON object with {@code format}, {@code key} (its id),
 * {@code statement} (Base64 of a JSON object) and {@code signature} (Base64, Ed25519 over the format, a line feed and the bytes
 * of the statement).
 *
 * @param keyId of the key that is said to have signed
 */
public record PluginSignature(String keyId, byte[] statement, byte[] signature) {
    public static final String FORMAT = "openclaw-plugin-signature/1";
    /** Of the name of {@link #nextFileOf}, behind that of the plugin. */
    public static final String NEXT_ENDING = ".sig.next";

    /** Of a signature file, in bytes. */
    public static final int LONGEST = 16 << 10;

    private static final String WHAT = "its signature file";

    public PluginSignature {
        statement = statement.clone();
        signature = signature.clone();
    }

    @Override
    public byte[] statement() {
        return statement.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** Where the signature of a plugin file lies. */
    public static Path fileOf(Path plugin) {
        return plugin.resolveSibling(plugin.getFileName() + ".sig");
    }

    /**
     * Where the signature lies of a file that is about to take the plugin's place, or just did. Placed before the file and
     * renamed after it, it makes both change in one step: whatever lies there when somebody looks, or when the machine stops, one of
     * the two signatures fits.
     */
    public static Path nextFileOf(Path plugin) {
        return plugin.resolveSibling(plugin.getFileName() + NEXT_ENDING);
    }

    public static PluginSignature sign(PluginStatement statement, SigningKey key) {
        String id = key.publicKey().id();
        byte[] bytes = statement.bytes(id);
        return new PluginSignature(id, bytes, key.sign(message(bytes)));
    }

    /**
     * The one beside the plugin; the next one only where that alone says it is for these bytes.
     *
     * @param sha256 of the plugin file
     * @return empty when there is none; nothing of it was verified
     */
    public static Optional<PluginSignature> read(Path plugin, String sha256) throws TrustException {
        Path own = fileOf(plugin);
        Path next = nextFileOf(plugin);
        Path file = isFor(next, sha256) && !isFor(own, sha256) ? next : own;
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** Whether a signature file says it is for these bytes; false when there is none or nothing can be made of it. */
    public static boolean isFor(Path signatureFile, String sha256) {
        try {
            if (!Files.exists(signatureFile)) {
                return false;
            }
            PluginSignature signature = read(signatureFile);
            return PluginStatement.parse(signature.statement, signature.keyId)
                    .sha256()
                    .equals(sha256);
        } catch (TrustException e) {
            return false;
        }
    }

    private static PluginSignature read(Path file) throws TrustException {
        return parse(Documents.read(file, LONGEST, WHAT));
    }

    static PluginSignature parse(byte[] bytes) throws TrustException {
        ObjectNode document = Documents.parse(bytes, WHAT);
        String format = Documents.text(document, "format", WHAT);
        if (!format.equals(FORMAT)) {
            throw new TrustException(WHAT + " has the format '" + Lines.one(format) + "', not " + FORMAT);
        }
        return new PluginSignature(
                Documents.text(document, "key", WHAT), base64(document, "statement"), base64(document, "signature"));
    }

    private static byte[] base64(ObjectNode document, String name) throws TrustException {
        try {
            return Base64.getDecoder().decode(Documents.text(document, name, WHAT));
        } catch (IllegalArgumentException e) {
            throw new TrustException(WHAT + " has a '" + name + "' that is not Base64");
        }
    }

    public void write(Path plugin) throws IOException {
        ObjectNode document = Documents.object();
        document.put("format", FORMAT)
                .put("key", keyId)
                .put("statement", Base64.getEncoder().encodeToString(statement))
                .put("signature", Base64.getEncoder().encodeToString(signature));
        Documents.write(fileOf(plugin), document);
    }

    /** What was signed, once the signature is known to be right. */
    public PluginStatement verified(TrustStore trusted) throws TrustException {
        PluginKey key = trusted.key(keyId)
                .orElseThrow(() -> new TrustException("is signed by the key " + Lines.one(keyId)
                        + ", which is not trusted; if you know whose it is, use `plugins trust`"));
        if (!key.verifies(message(statement), signature)) {
            throw new TrustException("its signature is wrong: it or what it says was changed after signing");
        }
        return PluginStatement.parse(statement, keyId);
    }

    /** What is signed begins with the format, so that no other document of the same key can be taken for this one. */
    private static byte[] message(byte[] statement) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes((FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
        message.writeBytes(statement);
        return message.toByteArray();
    }
}
