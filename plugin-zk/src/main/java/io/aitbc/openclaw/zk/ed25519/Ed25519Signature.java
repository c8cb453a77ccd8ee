package io.aitbc.openclaw.zk.ed25519;

import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.util.Base64;

/**
 * A signature as AITBC writes it.
 *
 * @param keyId the public key itself, Base64url without padding
 * @param key 32 bytes
 * @param signature 64 bytes
 */
public record Ed25519Signature(String keyId, byte[] key, byte[] signature) {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    public static Ed25519Signature of(Json value) throws MalformedDocumentException {
        if (!(value instanceof Json.Members members)) {
            throw new MalformedDocumentException("its signature is not an object");
        }
        String algorithm = text(members, "alg");
        if (!algorithm.equals("Ed25519")) {
            throw new MalformedDocumentException("it is signed with another algorithm than Ed25519");
        }
        String keyId = text(members, "key_id");
        return new Ed25519Signature(keyId, bytes("key_id", keyId, 32), bytes("sig", text(members, "sig"), 64));
    }

    private static String text(Json.Members members, String name) throws MalformedDocumentException {
        return members.text(name).orElseThrow(() -> new MalformedDocumentException("its signature has no " + name));
    }

    /** One spelling only: a key that can be written in two ways could be trusted under one and refused under the other. */
    private static byte[] bytes(String name, String text, int size) throws MalformedDocumentException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("the %s of its signature is not Base64url".formatted(name));
        }
        if (bytes.length != size || !ENCODER.encodeToString(bytes).equals(text)) {
            throw new MalformedDocumentException(
                    "the %s of its signature is not %d bytes of Base64url without padding".formatted(name, size));
        }
        return bytes;
    }
}
