package io.aitbc.openclaw.zk.groth16;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.Point;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A setup that kept its secrets, as every single-party setup may have: it proves whatever it is asked to. */
public final class TestingSetup {
    private final Random random;
    private final Fr alpha;
    private final Fr beta;
    private final Fr gamma;
    private final Fr delta;
    private final List<Fr> inputs = new ArrayList<>();

    public TestingSetup(int signals, long seed) {
        random = new Random(seed);
        alpha = scalar();
        beta = scalar();
        gamma = scalar();
        delta = scalar();
        for (int i = 0; i <= signals; i++) {
            inputs.add(scalar());
        }
    }

    public Groth16Key key() {
        return new Groth16Key(
                g1(alpha),
                G2.multiply(G2.GENERATOR, beta.value()),
                G2.multiply(G2.GENERATOR, gamma.value()),
                G2.multiply(G2.GENERATOR, delta.value()),
                inputs.stream().map(TestingSetup::g1).toList());
    }

    /** A proof that the key accepts for any signals. */
    public Groth16Claim forge(List<Fr> signals) {
        Fr a = scalar();
        Fr b = scalar();
        Fr sum = inputs.getFirst();
        for (int i = 0; i < signals.size(); i++) {
            sum = sum.add(inputs.get(i + 1).multiply(signals.get(i)));
        }
        Fr c = a.multiply(b)
                .subtract(alpha.multiply(beta))
                .subtract(sum.multiply(gamma))
                .multiply(delta.inverse());
        return new Groth16Claim(new Groth16Proof(g1(a), G2.multiply(G2.GENERATOR, b.value()), g1(c)), signals);
    }

    public Fr scalar() {
        return Fr.valueOf(new BigInteger(256, random).setBit(255));
    }

    private static Point<Fp> g1(Fr scalar) {
        return G1.multiply(G1.GENERATOR, scalar.value());
    }
}
