package io.aitbc.openclaw.zk.evidence;

import io.aitbc.openclaw.api.proof.Statement;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.circuits.PinnedCircuit;
import io.aitbc.openclaw.zk.snarkjs.CircuitKey;
import java.util.Set;

/** A proof on its way to a verdict. */
sealed interface Submission {
    /** The verdict is clear without any pairing. */
    record Decided(Verdict verdict) implements Submission {}

    /** Well-formed; whether it holds is open. */
    record Open(PinnedCircuit pinned, Statement statement, CircuitKey.Claim claim, Set<String> trustedKeys)
            implements Submission {}
}
