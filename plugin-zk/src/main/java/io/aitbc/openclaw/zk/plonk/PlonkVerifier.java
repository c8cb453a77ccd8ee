package io.aitbc.openclaw.zk.plonk;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.Inverses;
import io.aitbc.openclaw.zk.bn254.PairingProduct;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.PreparedG1;
import io.aitbc.openclaw.zk.bn254.PreparedG2;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Checks proofs under one key, which it prepares once. Names are those of section 8.4 of the paper. Safe for many threads. */
public final class PlonkVerifier {
    private final PlonkKey key;
    private final PreparedG2 secret;
    private final PreparedG2 generator = new PreparedG2(G2.GENERATOR);
    private final PreparedG1 fixed;
    private final Fr gates;

    public PlonkVerifier(PlonkKey key) {
        this.key = key;
        secret = new PreparedG2(key.secret());
        List<Point<Fp>> points = new ArrayList<>(key.selectors());
        points.addAll(key.permutations());
        points.add(G1.GENERATOR);
        fixed = new PreparedG1(points);
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
        List<Point<Fp>> sides = combination.sums(List.of(Fr.ONE, challenges.u()));
        return new PairingProduct()
                .with(sides.get(0).negate(), secret)
                .with(sides.get(1), generator)
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
        sum.add(identity.add(start).add(u), proof.z());
        Fr quotient = power.subtract(Fr.ONE).negate();
        sum.add(quotient, proof.t1());
        sum.add(quotient.multiply(power), proof.t2());
        sum.add(quotient.multiply(power).multiply(power), proof.t3());
        Fr v2 = v.square();
        Fr v3 = v2.multiply(v);
        Fr v4 = v2.square();
        Fr v5 = v4.multiply(v);
        sum.add(v, proof.a());
        sum.add(v2, proof.b());
        sum.add(v3, proof.c());

        Fr value = constant.subtract(v.multiply(values.a()))
                .subtract(v2.multiply(values.b()))
                .subtract(v3.multiply(values.c()))
                .subtract(v4.multiply(values.s1()))
                .subtract(v5.multiply(values.s2()))
                .subtract(u.multiply(values.shiftedZ()));
        for (Fr scalar : List.of(
                values.a().multiply(values.b()),
                values.a(),
                values.b(),
                values.c(),
                Fr.ONE,
                v4,
                v5,
                permuted.multiply(beta).negate(),
                value)) {
            sum.fixedScalars.add(scalar.value());
        }
        return sum;
    }

    /** Collects scalar * point, to be summed up at once. */
    private final class Combination {
        /** In the order of the fixed points: selectors, permutations, the generator. */
        private final List<BigInteger> fixedScalars = new ArrayList<>();

        private final List<Point<Fp>> points = new ArrayList<>();
        private final List<BigInteger> scalars = new ArrayList<>();

        private void add(Fr scalar, Point<Fp> point) {
            scalars.add(scalar.value());
            points.add(point);
        }

        /**
         * A second sum, over the points that came last, before the sum over all.
         *
         * @param last their scalars in that sum
         */
        private List<Point<Fp>> sums(List<Fr> last) {
            List<BigInteger> all = new ArrayList<>(fixedScalars);
            all.addAll(scalars);
            List<BigInteger> second = new ArrayList<>(Collections.nCopies(all.size() - last.size(), BigInteger.ZERO));
            last.forEach(scalar -> second.add(scalar.value()));
            return fixed.sums(points, List.of(second, all));
        }
    }
}
