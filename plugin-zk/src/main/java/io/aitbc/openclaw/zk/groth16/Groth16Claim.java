package io.aitbc.openclaw.zk.groth16;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.util.List;

/**
 * A proof and the statement it is to prove.
 *
 * @param signals the public signals
 */
public record Groth16Claim(Groth16Proof proof, List<Fr> signals) {
    public Groth16Claim {
        signals = List.copyOf(signals);
    }
}
