package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Poseidon;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a host signs for an answer, in a form that a small circuit can check.
 *
 * @param request SHA-256 of the request, 64 hexadecimal digits
 * @param answer SHA-256 of the answer, 64 hexadecimal digits
 * @param price in whole base units, below 2^64
 * @param salt keeps the price from being guessed; as secret as it
 */
public record Receipt(String request, String answer, BigInteger price, Fr salt) {
    /** Bits of prices and caps. */
    public static final int PRICE_BITS = 64;

    private static final Fr TAG = tag("openclaw-receipt-v1");
    private static final Poseidon POSEIDON = new Poseidon(6);

    public Receipt {
        if (price.signum() < 0 || price.bitLength() > PRICE_BITS) {
            throw new IllegalArgumentException("a price is a whole number below 2^%d".formatted(PRICE_BITS));
        }
    }

    /** What is signed, and the leaf in the tree. */
    public Fr hash() {
        Sha256Halves ofRequest = Sha256Halves.of(request);
        Sha256Halves ofAnswer = Sha256Halves.of(answer);
        return POSEIDON.hash(
                TAG,
                List.of(
                        ofRequest.first(),
                        ofRequest.last(),
                        ofAnswer.first(),
                        ofAnswer.last(),
                        Fr.valueOf(price),
                        salt));
    }

    /** A tag of the hash Poseidon: ASCII as a number. */
    static Fr tag(String name) {
        return Fr.valueOf(new BigInteger(1, name.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Nothing of price and salt. */
    @Override
    public String toString() {
        return "Receipt[request %s, answer %s]".formatted(request, answer);
    }
}
