package io.aitbc.openclaw.zk.snarkjs;

import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.plonk.PlonkVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Verification keys in files: a key counts only if its file has the hash that was pinned. */
public final class KeyFile {
    private KeyFile() {}

    /**
     * @param sha256 in lower-case hexadecimal digits
     * @throws MalformedDocumentException that says what is wrong with the file
     */
    public static CircuitKey read(byte[] file, String sha256) throws MalformedDocumentException {
        String actual = sha256(file);
        if (!actual.equals(sha256)) {
            throw new MalformedDocumentException("its SHA-256 is %s, not the pinned %s".formatted(actual, sha256));
        }
        SnarkjsReader reader = new SnarkjsReader();
        String json = new String(file, StandardCharsets.UTF_8);
        String protocol = SnarkjsObject.of("the key", reader.read(json)).text("protocol");
        return switch (protocol) {
            case "groth16" -> new CircuitKey.Groth16(new Groth16Verifier(reader.groth16Key(json)));
            case "plonk" -> new CircuitKey.Plonk(new PlonkVerifier(reader.plonkKey(json)));
            default -> throw new MalformedDocumentException("its protocol is neither groth16 nor plonk");
        };
    }

    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes));
    }

    public static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
