package io.aitbc.openclaw.zk.evidence;

import io.aitbc.openclaw.api.proof.Statement;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.circuits.PinnedCircuit;
import io.aitbc.openclaw.zk.receiptchain.ReceiptChainReading;
import io.aitbc.openclaw.zk.snarkjs.CircuitKey;
import java.util.Optional;
import java.util.Set;

/** A proof on its way to a verdict. */
sealed interface Submission {
    /** The verdict is clear without any pairing. */
    record Decided(Verdict verdict) implements Submission {}

    /**
     * Well-formed; whether it holds is open.
     *
     * @param receipt what it says if its circuit is {@code receipt_chain}
     */
    record Open(
            PinnedCircuit pinned,
            Statement statement,
            CircuitKey.Claim claim,
            Set<String> trustedKeys,
            Optional<ReceiptChainReading> receipt)
            implements Submission {}
}
