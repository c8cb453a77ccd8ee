package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.babyjubjub.EdwardsPoint;
import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a proof of {@code receipt_chain} states: under this root there is a receipt of this request and this answer, signed by this key, with a price of at most
 * the cap.
 *
 * @param request SHA-256, 64 hexadecimal digits in lower case
 * @param answer SHA-256, 64 hexadecimal digits in lower case
 */
public record ReceiptClaim(EdwardsPoint key, Fr root, BigInteger cap, String request, String answer) {
    static final int SIGNALS = 8;

    /** The public signals in the order of the circuit. */
    public List<Fr> signals() {
        Sha256Halves ofRequest = Sha256Halves.of(request);
        Sha256Halves ofAnswer = Sha256Halves.of(answer);
        return List.of(
                key.x(),
                key.y(),
                root,
                Fr.valueOf(cap),
                ofRequest.first(),
                ofRequest.last(),
                ofAnswer.first(),
                ofAnswer.last());
    }

    /**
     * What public signals state. Bounds that the circuit leaves to the verifier are checked here.
     *
     * @return empty when they state nothing: a half of a hash has more than 128 bits, or the cap more than 64
     */
    public static Optional<ReceiptClaim> of(List<Fr> signals) {
        if (signals.size() != SIGNALS) {
            return Optional.empty();
        }
        Sha256Halves request = new Sha256Halves(signals.get(4), signals.get(5));
        Sha256Halves answer = new Sha256Halves(signals.get(6), signals.get(7));
        BigInteger cap = signals.get(3).value();
        if (!request.isHash() || !answer.isHash() || cap.bitLength() > Receipt.PRICE_BITS) {
            return Optional.empty();
        }
        EdwardsPoint key = new EdwardsPoint(signals.get(0), signals.get(1));
        return Optional.of(new ReceiptClaim(key, signals.get(2), cap, request.hex(), answer.hex()));
    }

    /** The key as people write it: 64 hexadecimal digits of its packed form. */
    public static String keyId(EdwardsPoint key) {
        return HexFormat.of().formatHex(key.packed());
    }
}
