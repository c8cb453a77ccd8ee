package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 as a circuit takes it: its first and its last 128 bits, as a whole it could be larger than the field. */
record Sha256Halves(Fr first, Fr last) {
    private static final int BITS = 128;
    private static final int HALF_DIGITS = 32;

    /** @param hash 64 hexadecimal digits */
    static Sha256Halves of(String hash) {
        if (!hash.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
        }
        return new Sha256Halves(
                Fr.valueOf(new BigInteger(hash.substring(0, HALF_DIGITS), 16)),
                Fr.valueOf(new BigInteger(hash.substring(HALF_DIGITS), 16)));
    }

    /** Whether it is one: the circuit does not bound its halves. */
    boolean isHash() {
        return first.value().bitLength() <= BITS && last.value().bitLength() <= BITS;
    }

    List<Fr> numbers() {
        return List.of(first, last);
    }

    /** Lower-case hexadecimal digits. */
    String hex() {
        return hex(first) + hex(last);
    }

    private static String hex(Fr half) {
        return HexFormat.of().formatHex(half.bytes(), Fr.BYTES - HALF_DIGITS / 2, Fr.BYTES);
    }
}
