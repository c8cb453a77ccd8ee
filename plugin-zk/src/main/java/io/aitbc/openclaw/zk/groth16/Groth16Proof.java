package io.aitbc.openclaw.zk.groth16;

import io.aitbc.openclaw.zk.bn254.Checked;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Point;

/**
 * A proof whose points are in their groups and finite. Many proofs exist for one statement, and from one of them anybody makes more: never
 * recognise a statement by its proof.
 *
 * @param a pi_a of snarkjs
 * @param b pi_b
 * @param c pi_c
 */
public record Groth16Proof(Point<Fp> a, Point<Fp2> b, Point<Fp> c) {
    /** @throws IllegalArgumentException that says which point is not in its group */
    public Groth16Proof {
        Checked.finiteG1("pi_a", a);
        Checked.finiteG2("pi_b", b);
        Checked.finiteG1("pi_c", c);
    }
}
