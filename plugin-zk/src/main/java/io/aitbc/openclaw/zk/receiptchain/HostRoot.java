package io.aitbc.openclaw.zk.receiptchain;

import java.util.Base64;
import java.util.Optional;

/**
 * What a host signed about the tree of its receipts, as it stands beside a proof. The signature holds for the key that is named; whether the key is trusted is
 * another question.
 *
 * @param hostKey Ed25519, Base64url
 * @param kept an earlier one that the reader kept, and from which the tree was shown to have grown
 */
public record HostRoot(String hostKey, ReceiptRoot statement, Optional<ReceiptRoot> kept) {
    /** Empty unless the note is exactly one that the host with this key signed. */
    public static Optional<HostRoot> of(String hostKey, String note) {
        return signed(hostKey, note).map(statement -> new HostRoot(hostKey, statement, Optional.empty()));
    }

    /** Empty unless the note is one that the same host signed. */
    public Optional<ReceiptRoot> signed(String note) {
        return signed(hostKey, note);
    }

    private static Optional<ReceiptRoot> signed(String hostKey, String note) {
        return hostKey.matches("[A-Za-z0-9_-]{43}")
                ? ReceiptRoot.verified(note, Base64.getUrlDecoder().decode(hostKey))
                : Optional.empty();
    }

    public HostRoot grownFrom(ReceiptRoot earlier) {
        return new HostRoot(hostKey, statement, Optional.of(earlier));
    }
}
