package io.aitbc.openclaw.devnet;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** An Ed25519 key of the coordinator. Its id is the public key, Base64url without padding. */
final class ReceiptKey {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final int LENGTH = 32;

    private final KeyPair pair;

    /** @param seed 32 bytes, RFC 8032 */
    ReceiptKey(byte[] seed) {
        if (seed.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has Ed25519", e);
        }
    }

    /** The JDK makes the public key of a private one only while it generates the pair, from 32 bytes of its random source. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        private Seed(byte[] seed) {
            super(null, null);
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    String id() {
        return URL.encodeToString(publicKey());
    }

    /** The raw key, which is the end of its X.509 form. */
    byte[] publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs", e);
        }
    }

    /** The {@code signature} object of a receipt. */
    ObjectNode signature(byte[] message) {
        return Json.object().put("alg", "Ed25519").put("key_id", id()).put("sig", URL.encodeToString(sign(message)));
    }
}
