package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a proof of {@code receipt_chain} says, beyond what its numbers are: the circuit leaves bounds of public signals to whoever checks, a signature is worth
 * what its key is, and a root what the host is that signed it.
 *
 * @param keyId of the receipt's key, 64 hexadecimal digits
 * @param root as a host signed it
 */
public record ReceiptChainReading(String keyId, ReceiptClaim claim, Optional<HostRoot> root) {
    public static final String CIRCUIT = "receipt_chain";
    public static final String OUT_OF_BOUNDS =
            "its public signals are no hashes and no cap: a half of a hash has more than 128 bits, or the cap more than 64";
    public static final String OTHER_ROOT = "the root that the host signed is not the root of the proof";

    /** Empty for signals that state nothing. */
    public static Optional<ReceiptChainReading> of(List<String> signals, Optional<HostRoot> root) {
        List<Fr> numbers =
                signals.stream().map(BigInteger::new).map(Fr::valueOf).toList();
        return ReceiptClaim.of(numbers)
                .map(claim -> new ReceiptChainReading(ReceiptClaim.keyId(claim.key()), claim, root));
    }

    /** Whether the host signed another root than the one of the proof. */
    public boolean hasOtherRoot() {
        return root.filter(it -> !it.statement().root().equals(claim.root())).isPresent();
    }

    /** Whether the host signed the receipt with its own key, as it says itself. */
    public boolean isOfHost() {
        return root.filter(it -> it.statement().hostReceipts().equals(keyId)).isPresent();
    }

    /** In words that follow "somebody knew". */
    public String words() {
        return "a receipt that %s signed and that stands under root %s, of request %s and answer %s, with a price of at most %s base units%s"
                .formatted(
                        signer(),
                        claim.root(),
                        claim.request(),
                        claim.answer(),
                        claim.cap(),
                        root.map(ReceiptChainReading::signed).orElse(""));
    }

    private String signer() {
        if (root.isEmpty()) {
            return "key " + keyId;
        }
        return isOfHost() ? "the host itself, with key " + keyId + "," : "key " + keyId + ", which is not the host's,";
    }

    private static String signed(HostRoot root) {
        return "; host key %s signed this root, of %d receipts, at %s%s"
                .formatted(
                        root.hostKey(),
                        root.statement().size(),
                        root.statement().signed(),
                        root.kept()
                                .map(it -> "; the tree only grew since it had %d receipts".formatted(it.size()))
                                .orElse(""));
    }

    /**
     * Whom the proof rests on and nobody trusts; empty when it is good enough. The key that a trusted host signs receipts with needs no trust of its own.
     *
     * @param host whether a key of a host is trusted
     * @param receipts whether a key for receipts is
     */
    public List<String> untrusted(Predicate<String> host, Predicate<String> receipts) {
        List<String> lines = new ArrayList<>();
        if (root.isEmpty()) {
            lines.add("that the receipt stands in a host's log: no host signed the root");
        }
        root.map(HostRoot::hostKey)
                .filter(key -> !host.test(key))
                .ifPresent(
                        key -> lines.add("whose root it is: host key %s is not among the trusted keys".formatted(key)));
        if (!receipts.test(keyId) && !(isOfHost() && lines.isEmpty())) {
            lines.add("whose receipt it is: receipt key %s is not among the trusted keys".formatted(keyId));
        }
        return lines;
    }

    /** What stays open about who signed. */
    public List<String> notProven() {
        if (root.isEmpty()) {
            return List.of();
        }
        return List.of(
                isOfHost()
                        ? "that a miner signed anything: the host signed this receipt itself"
                        : "that the host had no hand in the receipt: whose key it is, only its owner can tell");
    }
}
