package io.aitbc.openclaw.devnet;

import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import tools.jackson.databind.node.ObjectNode;

/** An Ed25519 key of the coordinator. Its id is the public key, Base64url without padding. */
final class ReceiptKey {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final Ed25519PrivateKeyParameters key;
    private final byte[] publicKey;
    private final String id;

    /** @param seed 32 bytes, RFC 8032 */
    ReceiptKey(byte[] seed) {
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        key = new Ed25519PrivateKeyParameters(seed);
        publicKey = key.generatePublicKey().getEncoded();
        id = URL.encodeToString(publicKey);
    }

    String id() {
        return id;
    }

    /** The raw key. */
    byte[] publicKey() {
        return publicKey.clone();
    }

    byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** The {@code signature} object of a receipt. */
    ObjectNode signature(byte[] message) {
        return Json.object().put("alg", "Ed25519").put("key_id", id).put("sig", URL.encodeToString(sign(message)));
    }
}
