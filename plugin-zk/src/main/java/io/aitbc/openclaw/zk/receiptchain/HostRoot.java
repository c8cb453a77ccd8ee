package io.aitbc.openclaw.zk.receiptchain;

import java.util.Base64;
import java.util.Optional;

/**
 * What a host signed about the tree of its receipts, as it stands beside a proof. The signature holds for the key that is named; whether the key is trusted is
 * another question.
 *
 * @param hostKey Ed25519, Base64url
 */
public record HostRoot(String hostKey, ReceiptRoot statement) {
    /** Empty unless the note is exactly one that the host with this key signed. */
    public static Optional<HostRoot> of(String hostKey, String note) {
        if (!hostKey.matches("[A-Za-z0-9_-]{43}")) {
            return Optional.empty();
        }
        return ReceiptRoot.verified(note, Base64.getUrlDecoder().decode(hostKey))
                .map(statement -> new HostRoot(hostKey, statement));
    }
}
