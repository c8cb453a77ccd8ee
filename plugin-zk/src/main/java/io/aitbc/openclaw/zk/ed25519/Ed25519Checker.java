package io.aitbc.openclaw.zk.ed25519;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Checks signatures (RFC 8032, Ed25519). Remembers decoded keys: there are few, and decoding costs as much as checking. */
public final class Ed25519Checker {
    private static final int MAX_KEYS = 256;

    private final Map<String, Optional<Ed25519.PublicPoint>> keys = new ConcurrentHashMap<>();

    public boolean holds(Ed25519Signature signature, byte[] message) {
        return key(signature)
                .map(key -> Ed25519.verify(signature.signature(), 0, key, message, 0, message.length))
                .orElse(false);
    }

    /** Empty for bytes that are no point of the prime-order group: under such a key anybody can sign anything. */
    private Optional<Ed25519.PublicPoint> key(Ed25519Signature signature) {
        Optional<Ed25519.PublicPoint> known = keys.get(signature.keyId());
        if (known != null) {
            return known;
        }
        Optional<Ed25519.PublicPoint> decoded =
                Optional.ofNullable(Ed25519.validatePublicKeyFullExport(signature.key(), 0));
        if (keys.size() >= MAX_KEYS) {
            keys.clear();
        }
        keys.put(signature.keyId(), decoded);
        return decoded;
    }
}
