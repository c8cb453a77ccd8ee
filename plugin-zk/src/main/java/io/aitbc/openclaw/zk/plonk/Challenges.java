package io.aitbc.openclaw.zk.plonk;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.util.List;

/**
 * The challenges of the protocol by the names of the paper.
 *
 * @param zeta where polynomials are opened (z in the paper, xi in snarkjs)
 * @param v combines openings at zeta
 * @param u combines the two openings
 */
record Challenges(Fr beta, Fr gamma, Fr alpha, Fr zeta, Fr v, Fr u) {
    /** As snarkjs 0.7 derives them: each round hashes the challenge before it and what the prover sent since. */
    static Challenges of(PlonkKey key, PlonkProof proof, List<Fr> signals) {
        PlonkProof.Evaluations values = proof.evaluations();
        Fr beta = new Transcript()
                .points(key.selectors())
                .points(key.permutations())
                .scalars(signals)
                .points(List.of(proof.a(), proof.b(), proof.c()))
                .challenge();
        Fr gamma = new Transcript().scalar(beta).challenge();
        Fr alpha =
                new Transcript().scalars(List.of(beta, gamma)).point(proof.z()).challenge();
        Fr zeta = new Transcript()
                .scalar(alpha)
                .points(List.of(proof.t1(), proof.t2(), proof.t3()))
                .challenge();
        Fr v = new Transcript()
                .scalar(zeta)
                .scalars(List.of(values.a(), values.b(), values.c(), values.s1(), values.s2(), values.shiftedZ()))
                .challenge();
        Fr u = new Transcript()
                .points(List.of(proof.opening(), proof.shiftedOpening()))
                .challenge();
        return new Challenges(beta, gamma, alpha, zeta, v, u);
    }
}
