package io.aitbc.openclaw.zk.plonk;

import io.aitbc.openclaw.zk.bn254.Checked;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Point;
import java.util.List;

/**
 * A verification key whose points are in their groups. Commitments to polynomials that are zero are infinity.
 *
 * @param power the circuit has 2^power gates
 * @param signals how many public signals a statement has
 * @param root a primitive 2^power-th root of unity
 * @param k1 shifts the right wires out of the left ones
 * @param k2 shifts the output wires out of both
 * @param selectors commitments Qm, Ql, Qr, Qo, Qc
 * @param permutations commitments S1, S2, S3
 * @param secret the secret of the setup times the generator of G2
 */
public record PlonkKey(
        int power,
        int signals,
        Fr root,
        Fr k1,
        Fr k2,
        List<Point<Fp>> selectors,
        List<Point<Fp>> permutations,
        Point<Fp2> secret) {
    private static final List<String> SELECTORS = List.of("Qm", "Ql", "Qr", "Qo", "Qc");

    /** @throws IllegalArgumentException that says why proofs under this key would show nothing */
    public PlonkKey {
        selectors = List.copyOf(selectors);
        permutations = List.copyOf(permutations);
        for (int i = 0; i < SELECTORS.size(); i++) {
            Checked.g1(SELECTORS.get(i), selectors.get(i));
        }
        for (int i = 0; i < 3; i++) {
            Checked.finiteG1("S" + (i + 1), permutations.get(i));
        }
        Checked.finiteG2("X_2", secret);
        Fr half = root;
        for (int i = 1; i < power; i++) {
            half = half.square();
        }
        if (power < 1 || !half.equals(Fr.ONE.negate())) {
            throw new IllegalArgumentException("w is not a primitive root of unity of order 2^" + power);
        }
        if (k1.isZero() || k2.isZero() || k1.equals(k2)) {
            throw new IllegalArgumentException("k1 and k2 do not keep the wires apart");
        }
        if (signals > 1 << power) {
            throw new IllegalArgumentException("there are more public signals than gates");
        }
    }
}
