package io.aitbc.openclaw.zk.prover;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.PointArray;
import io.aitbc.openclaw.zk.groth16.Groth16Key;

/**
 * What proofs of a circuit are made with. Names as in J. Groth, "On the Size of Pairing-based Non-interactive Arguments", 2016/260, with what snarkjs
 * makes of it: see {@link ProvingKeyFile}.
 *
 * @param power 2^power is the number of rows, constraints and some more
 * @param a for each signal
 * @param b1 for each signal
 * @param b2 for each signal
 * @param c for each signal that is not public
 * @param h for each row
 * @param singles alpha, beta and delta in G1
 * @param singles2 beta and delta in G2
 * @param left side of the constraints
 * @param right side of the constraints
 * @param verificationKey that its proofs hold under
 */
public record ProvingKey(
        int power,
        PointArray<Fp> a,
        PointArray<Fp> b1,
        PointArray<Fp2> b2,
        PointArray<Fp> c,
        PointArray<Fp> h,
        PointArray<Fp> singles,
        PointArray<Fp2> singles2,
        SparseMatrix left,
        SparseMatrix right,
        Groth16Key verificationKey) {
    /** How many signals a witness has. */
    public int signals() {
        return a.size();
    }

    public int publicSignals() {
        return verificationKey.signals();
    }

    int rows() {
        return 1 << power;
    }
}
