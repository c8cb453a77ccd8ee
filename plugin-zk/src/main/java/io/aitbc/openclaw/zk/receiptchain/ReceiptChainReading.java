package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a proof of {@code receipt_chain} says, beyond what its numbers are: the circuit leaves bounds of public signals to whoever checks, and a signature is worth
 * what its key is.
 *
 * @param keyId of the receipt's key, 64 hexadecimal digits
 */
public record ReceiptChainReading(String keyId, ReceiptClaim claim) {
    public static final String CIRCUIT = "receipt_chain";
    public static final String OUT_OF_BOUNDS =
            "its public signals are no hashes and no cap: a half of a hash has more than 128 bits, or the cap more than 64";

    /** Empty for signals that state nothing. */
    public static Optional<ReceiptChainReading> of(List<String> signals) {
        List<Fr> numbers =
                signals.stream().map(BigInteger::new).map(Fr::valueOf).toList();
        return ReceiptClaim.of(numbers).map(claim -> new ReceiptChainReading(ReceiptClaim.keyId(claim.key()), claim));
    }

    /** In words that follow "somebody knew". */
    public String words() {
        return "a receipt that key %s signed and that stands under root %s, of request %s and answer %s, with a price of at most %s base units"
                .formatted(keyId, claim.root(), claim.request(), claim.answer(), claim.cap());
    }

    public String keyNotTrusted() {
        return "whose receipt it is: receipt key %s is not among the trusted keys".formatted(keyId);
    }
}
