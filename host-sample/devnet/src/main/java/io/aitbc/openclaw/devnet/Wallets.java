package io.aitbc.openclaw.devnet;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** Wallet addresses and signatures: secp256k1, Keccak-256, EIP-191. */
final class Wallets {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final Pattern SIGNATURE = Pattern.compile("(0x)?[0-9a-fA-F]{130}");

    private Wallets() {}

    /** Whether it is {@code 0x} and 40 hexadecimal digits, in any case and without looking at a checksum. */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /**
     * The address that signed a text with {@code personal_sign}.
     *
     * @param signature 65 bytes in hexadecimal, {@code 0x} optional
     * @return lower case, empty when it is no signature
     */
    static Optional<String> signerOf(String message, String signature) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + text.length).getBytes(StandardCharsets.UTF_8);
        return signerOf(keccak256(prefix, text), signature);
    }

    /** As {@link #signerOf(String, String)}, of a hash that was signed as it is. */
    static Optional<String> signerOf(byte[] hash, String signature) {
        if (!SIGNATURE.matcher(signature).matches()) {
            return Optional.empty();
        }
        byte[] bytes = HexFormat.of().parseHex(signature.startsWith("0x") ? signature.substring(2) : signature);
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(bytes, 0, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
        int v = bytes[64] & 0xff;
        int parity = v >= 27 ? v - 27 : v;
        BigInteger n = CURVE.getN();
        if (parity > 1 || r.signum() == 0 || s.signum() == 0 || r.compareTo(n) >= 0 || s.compareTo(n) >= 0) {
            return Optional.empty();
        }
        return recover(new BigInteger(1, hash), r, s, parity).map(Wallets::address);
    }

    /** Public key recovery, SEC 1 section 4.1.6. */
    private static Optional<ECPoint> recover(BigInteger hash, BigInteger r, BigInteger s, int parity) {
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (2 + parity);
        byte[] x = unsigned32(r);
        System.arraycopy(x, 0, compressed, 1, 32);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        BigInteger n = CURVE.getN();
        BigInteger inverse = r.modInverse(n);
        BigInteger onG = hash.negate().multiply(inverse).mod(n);
        BigInteger onR = s.multiply(inverse).mod(n);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), onG, point, onR);
        return key.isInfinity() ? Optional.empty() : Optional.of(key.normalize());
    }

    /** The lower-case address of a private key. */
    static String addressOf(BigInteger privateKey) {
        return address(CURVE.getG().multiply(privateKey).normalize());
    }

    private static String address(ECPoint key) {
        byte[] encoded = key.getEncoded(false);
        byte[] hash = keccak256(Arrays.copyOfRange(encoded, 1, encoded.length));
        return "0x" + HexFormat.of().formatHex(hash, 12, 32);
    }

    static String lowerCase(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    static byte[] keccak256(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static byte[] unsigned32(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }
}
