package io.aitbc.openclaw.zk.receipt;

import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.util.List;
import java.util.Optional;

/**
 * Whether the proof that a coordinator attached to a receipt belongs to it. The public signal has to be the hash of the
 * receipt's {@link ReceiptNumbers numbers}; otherwise any genuine proof could be attached to any receipt.
 *
 * <p>The proof itself is another kind of evidence, so whatever comes out here proves nothing more.
 */
final class ZkBinding {
    private ZkBinding() {}

    /** What has to be said about the proof of a receipt, or about the lack of one; empty when nobody claims one. */
    static Optional<String> notProven(Json.Members receipt) {
        boolean claimed = receipt.text("zk_status").filter("verified"::equals).isPresent();
        Json proof = receipt.get("zk_proof").orElse(null);
        if (proof == null || proof instanceof Json.Null) {
            return claimed
                    ? Optional.of("that there is a ZK proof: zk_status says verified, but the receipt carries none")
                    : Optional.empty();
        }
        String status = claimed ? ", although zk_status says verified" : "";
        try {
            return Optional.of(
                    about(receipt, proof)
                            ? "that the ZK proof in it holds: here it was not checked, only that its public signal is the hash"
                                    + " of this receipt's job, miner, output and units"
                            : "that the ZK proof in it is about this receipt: its public signal is not the hash of this"
                                    + " receipt's job, miner, output and units" + status);
        } catch (MalformedDocumentException e) {
            return Optional.of("that the ZK proof in it is about this receipt: " + e.getMessage() + status);
        }
    }

    private static boolean about(Json.Members receipt, Json proof) throws MalformedDocumentException {
        if (proof instanceof Json.Members members
                && members.get("public_signals").orElse(null) instanceof Json.Items signals
                && signals.list().size() == 1) {
            String hash = ReceiptNumbers.hash(receipt).toString();
            return signals.list().equals(List.of(new Json.Text(hash)));
        }
        throw new MalformedDocumentException("it does not have exactly one public signal");
    }
}
