package io.aitbc.openclaw.zk.groth16;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp12;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.PairingProduct;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.PreparedG1;
import io.aitbc.openclaw.zk.bn254.PreparedG2;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks proofs under one key, which it prepares once. Safe for many threads. */
public final class Groth16Verifier {
    private final Groth16Key key;
    private final PreparedG2 gamma;
    private final PreparedG2 delta;
    private final PreparedG1 inputs;
    private final Fp12 alphaBeta;

    public Groth16Verifier(Groth16Key key) {
        this.key = key;
        gamma = new PreparedG2(key.gamma());
        delta = new PreparedG2(key.delta());
        inputs = new PreparedG1(key.inputs());
        alphaBeta = new PairingProduct().with(key.alpha(), key.beta()).value();
    }

    public Groth16Key key() {
        return key;
    }

    /** Whether e(A, B) = e(alpha, beta) * e(inputs, gamma) * e(C, delta). No proof holds for another number of signals than the key's. */
    public boolean holds(Groth16Claim claim) {
        if (claim.signals().size() != key.signals()) {
            return false;
        }
        return new PairingProduct()
                .with(claim.proof().a(), claim.proof().b())
                .with(inputs(Fr.ONE, claim.signals()).negate(), gamma)
                .with(claim.proof().c().negate(), delta)
                .value()
                .equals(alphaBeta);
    }

    /**
     * Whether the equation holds for the product of all claims, each raised to its exponent: once for all of them, with one final
     * exponentiation.
     *
     * @param claims with as many signals as the key has
     * @param exponents positive
     */
    boolean holdTogether(List<Groth16Claim> claims, List<BigInteger> exponents) {
        PairingProduct product = new PairingProduct();
        List<Point<Fp>> thirds = new ArrayList<>();
        Fr exponentSum = Fr.ZERO;
        Fr[] signals = new Fr[key.signals()];
        Arrays.fill(signals, Fr.ZERO);
        for (int i = 0; i < claims.size(); i++) {
            Groth16Claim claim = claims.get(i);
            Fr exponent = Fr.valueOf(exponents.get(i));
            exponentSum = exponentSum.add(exponent);
            for (int j = 0; j < signals.length; j++) {
                signals[j] = signals[j].add(exponent.multiply(claim.signals().get(j)));
            }
            thirds.add(claim.proof().c());
            product.with(
                    G1.multiply(claim.proof().a(), exponents.get(i)),
                    claim.proof().b());
        }
        return product.with(inputs(exponentSum, List.of(signals)).negate(), gamma)
                .with(G1.sum(thirds, exponents).negate(), delta)
                .value()
                .equals(alphaBeta.cyclotomicPower(exponentSum.value()));
    }

    private Point<Fp> inputs(Fr first, List<Fr> signals) {
        List<BigInteger> scalars = new ArrayList<>();
        scalars.add(first.value());
        for (Fr signal : signals) {
            scalars.add(signal.value());
        }
        return inputs.sum(scalars);
    }
}
