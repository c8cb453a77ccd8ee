package io.aitbc.openclaw.zk.plonk;

import io.aitbc.openclaw.zk.bn254.Checked;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Point;

/**
 * A proof whose points are on the curve and finite.
 *
 * @param a commitment to the left wires
 * @param b to the right wires
 * @param c to the output wires
 * @param z to the permutation
 * @param t1 to the lowest part of the quotient
 * @param t2 to its middle part
 * @param t3 to its highest part
 * @param opening Wxi of snarkjs: at the challenge
 * @param shiftedOpening Wxiw: at the challenge times the root of unity
 * @param evaluations values at the challenge
 */
public record PlonkProof(
        Point<Fp> a,
        Point<Fp> b,
        Point<Fp> c,
        Point<Fp> z,
        Point<Fp> t1,
        Point<Fp> t2,
        Point<Fp> t3,
        Point<Fp> opening,
        Point<Fp> shiftedOpening,
        Evaluations evaluations) {

    /**
     * Values of polynomials at the challenge.
     *
     * @param shiftedZ of the permutation, at the challenge times the root of unity
     */
    public record Evaluations(Fr a, Fr b, Fr c, Fr s1, Fr s2, Fr shiftedZ) {}

    /** @throws IllegalArgumentException that says which point is not in its group */
    public PlonkProof {
        Checked.finiteG1("A", a);
        Checked.finiteG1("B", b);
        Checked.finiteG1("C", c);
        Checked.finiteG1("Z", z);
        Checked.finiteG1("T1", t1);
        Checked.finiteG1("T2", t2);
        Checked.finiteG1("T3", t3);
        Checked.finiteG1("Wxi", opening);
        Checked.finiteG1("Wxiw", shiftedOpening);
    }
}
