package io.aitbc.openclaw.zk.plonk;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.Inverses;
import io.aitbc.openclaw.zk.bn254.PairingProduct;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.PreparedG2;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Checks proofs under one key, which it prepares once. Names are those of section 8.4 of the paper. Safe for many threads. */
public final class PlonkVerifier {
    private final PlonkKey key;
    private final PreparedG2 secret;
    private final PreparedG2 generator = new PreparedG2(G2.GENERATOR);
    private final Fr gates;

    public PlonkVerifier(PlonkKey key) {
        this.key = key;
        secret = new PreparedG2(key.secret());
        gates = Fr.valueOf(1L << key.power());
    }

    public PlonkKey key() {
        return key;
    }

    /** No proof holds for another number of signals than the key's. */
    public boolean holds(PlonkProof proof, List<Fr> signals) {
        if (signals.size() != key.signals()) {
            return false;
        }
        Challenges challenges = Challenges.of(key, proof, signals);
        Fr zeta = challenges.zeta();
        Fr power = zeta;
        for (int i = 0; i < key.power(); i++) {
            power = power.square();
        }
        Fr vanishing = power.subtract(Fr.ONE);
        if (vanishing.isZero()) {
            // zeta is a root of unity: chance 2^-226, and nothing would be checked
            return false;
        }
        List<Fr> lagrange = lagrange(zeta, vanishing, Math.max(1, signals.size()));
        Fr publicInput = Fr.ZERO;
        for (int i = 0; i < signals.size(); i++) {
            publicInput = publicInput.subtract(signals.get(i).multiply(lagrange.get(i)));
        }
        Combination combination = combination(proof, challenges, lagrange.getFirst(), publicInput, power);
        Fr shifted = challenges.u().multiply(zeta).multiply(key.root());
        combination.add(zeta, proof.opening());
        combination.add(shifted, proof.shiftedOpening());
        Point<Fp> left = G1.add(
                proof.opening(),
                G1.multiply(proof.shiftedOpening(), challenges.u().value()));
        return new PairingProduct()
                .with(left.negate(), secret)
                .with(combination.sum(), generator)
                .value()
                .isOne();
    }

    /** Values at zeta of the first polynomials that are one at one root of unity and zero at the others. */
    private List<Fr> lagrange(Fr zeta, Fr vanishing, int count) {
        List<Fr> roots = new ArrayList<>();
        List<Fr> denominators = new ArrayList<>();
        Fr root = Fr.ONE;
        for (int i = 0; i < count; i++) {
            roots.add(root);
            denominators.add(gates.multiply(zeta.subtract(root)));
            root = root.multiply(key.root());
        }
        List<Fr> inverses = Inverses.of(denominators);
        List<Fr> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(roots.get(i).multiply(vanishing).multiply(inverses.get(i)));
        }
        return values;
    }

    /** F - E: the linearisation D, the opened commitments, and the opened values. */
    private Combination combination(
            PlonkProof proof, Challenges challenges, Fr firstLagrange, Fr publicInput, Fr power) {
        PlonkProof.Evaluations values = proof.evaluations();
        Fr alpha = challenges.alpha();
        Fr beta = challenges.beta();
        Fr gamma = challenges.gamma();
        Fr zeta = challenges.zeta();
        Fr v = challenges.v();
        Fr u = challenges.u();
        Fr start = firstLagrange.multiply(alpha.square());
        Fr permuted = values.a()
                .add(beta.multiply(values.s1()))
                .add(gamma)
                .multiply(values.b().add(beta.multiply(values.s2())).add(gamma))
                .multiply(alpha)
                .multiply(values.shiftedZ());
        Fr identity = values.a()
                .add(beta.multiply(zeta))
                .add(gamma)
                .multiply(values.b().add(beta.multiply(key.k1()).multiply(zeta)).add(gamma))
                .multiply(values.c().add(beta.multiply(key.k2()).multiply(zeta)).add(gamma))
                .multiply(alpha);
        Fr constant = publicInput
                .subtract(start)
                .subtract(permuted.multiply(values.c().add(gamma)));

        Combination sum = new Combination();
        sum.add(values.a().multiply(values.b()), key.selectors().get(0));
        sum.add(values.a(), key.selectors().get(1));
        sum.add(values.b(), key.selectors().get(2));
        sum.add(values.c(), key.selectors().get(3));
        sum.add(Fr.ONE, key.selectors().get(4));
        sum.add(identity.add(start).add(u), proof.z());
        sum.add(permuted.multiply(beta).negate(), key.permutations().get(2));
        Fr quotient = power.subtract(Fr.ONE).negate();
        sum.add(quotient, proof.t1());
        sum.add(quotient.multiply(power), proof.t2());
        sum.add(quotient.multiply(power).multiply(power), proof.t3());

        List<Point<Fp>> opened = List.of(
                proof.a(),
                proof.b(),
                proof.c(),
                key.permutations().get(0),
                key.permutations().get(1));
        List<Fr> openings = List.of(values.a(), values.b(), values.c(), values.s1(), values.s2());
        Fr value = constant.negate();
        Fr factor = Fr.ONE;
        for (int i = 0; i < opened.size(); i++) {
            factor = factor.multiply(v);
            sum.add(factor, opened.get(i));
            value = value.add(factor.multiply(openings.get(i)));
        }
        sum.add(value.add(u.multiply(values.shiftedZ())).negate(), G1.GENERATOR);
        return sum;
    }

    /** Collects scalar * point, to be summed up at once. */
    private static final class Combination {
        private final List<Point<Fp>> points = new ArrayList<>();
        private final List<BigInteger> scalars = new ArrayList<>();

        private void add(Fr scalar, Point<Fp> point) {
            scalars.add(scalar.value());
            points.add(point);
        }

        private Point<Fp> sum() {
            return G1.sum(points, scalars);
        }
    }
}
