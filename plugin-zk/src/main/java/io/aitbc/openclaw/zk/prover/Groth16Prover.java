package io.aitbc.openclaw.zk.prover;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.MultiScalarMultiplication;
import io.aitbc.openclaw.zk.bn254.NumberTheoreticTransform;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.Scalars;
import io.aitbc.openclaw.zk.bn254.Workers;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Makes Groth16 proofs under one key. Whether the witness satisfies the circuit is not looked at: of one that does not, something comes out that does
 * not hold, so check every proof before it is used. Safe for many threads.
 */
public final class Groth16Prover {
    /** Far more than the order has, so that remainders are as good as evenly spread. */
    private static final int RANDOM_BITS = 384;

    /** Shares of the time in percent, for the progress: of the quotient, and of the sums in the order they are made. */
    private static final int QUOTIENT = 10;

    private static final int SUM = 15;

    private final ProvingKey key;
    private final SecureRandom random;
    private final Workers workers;

    /** @param random what it gives hides the witness in the proof */
    public Groth16Prover(ProvingKey key, SecureRandom random, Workers workers) {
        this.key = key;
        this.random = random;
        this.workers = workers;
    }

    /**
     * Stops when its thread is interrupted.
     *
     * @param progress told percentages
     * @throws MalformedFileException when the witness is one of another circuit, by its number of signals
     */
    public Groth16Proof prove(Witness witness, IntConsumer progress)
            throws MalformedFileException, InterruptedException {
        if (witness.size() != key.signals()) {
            throw new MalformedFileException(
                    "it has %d signals, not %d: it is of another circuit".formatted(witness.size(), key.signals()));
        }
        Scalars signals = witness.signals();
        Scalars quotient = quotient(signals);
        progress.accept(QUOTIENT);
        Point<Fp> ofA = MultiScalarMultiplication.sum(key.a(), signals, workers);
        progress.accept(QUOTIENT + SUM);
        Point<Fp> ofB = MultiScalarMultiplication.sum(key.b1(), signals, workers);
        progress.accept(QUOTIENT + 2 * SUM);
        Scalars secret = signals.from(key.publicSignals() + 1);
        Point<Fp> ofC = MultiScalarMultiplication.sum(key.c(), secret, workers);
        secret.clear();
        progress.accept(QUOTIENT + 3 * SUM);
        Point<Fp> ofH = MultiScalarMultiplication.sum(key.h(), quotient, workers);
        quotient.clear();
        progress.accept(QUOTIENT + 4 * SUM);
        Point<Fp2> ofB2 = MultiScalarMultiplication.sum(key.b2(), signals, workers);
        progress.accept(100);
        return blinded(ofA, ofB, ofB2, G1.add(ofC, ofH));
    }

    private Groth16Proof blinded(Point<Fp> ofA, Point<Fp> ofB, Point<Fp2> ofB2, Point<Fp> ofC) {
        Fr r = Fr.valueOf(new BigInteger(RANDOM_BITS, random));
        Fr s = Fr.valueOf(new BigInteger(RANDOM_BITS, random));
        Point<Fp> delta = key.singles().get(2);
        Point<Fp> a = G1.add(G1.add(ofA, key.singles().get(0)), G1.multiply(delta, r.value()));
        Point<Fp> b = G1.add(G1.add(ofB, key.singles().get(1)), G1.multiply(delta, s.value()));
        Point<Fp2> b2 = G2.add(
                G2.add(ofB2, key.singles2().get(0)), G2.multiply(key.singles2().get(1), s.value()));
        Point<Fp> mixed = G1.sum(
                List.of(a, b, delta),
                List.of(s.value(), r.value(), r.multiply(s).negate().value()));
        return new Groth16Proof(a, b2, G1.add(ofC, mixed));
    }

    /** The quotient's values between the roots of unity, where what it is divided by is constant and part of the key. */
    private Scalars quotient(Scalars signals) throws InterruptedException {
        NumberTheoreticTransform transform = new NumberTheoreticTransform(key.power());
        Scalars left = key.left().times(signals, key.rows());
        Scalars right = key.right().times(signals, key.rows());
        Scalars product = Scalars.zeros(key.rows());
        for (int i = 0; i < key.rows(); i++) {
            product.set(i, left.get(i).multiply(right.get(i)));
        }
        Fr between = NumberTheoreticTransform.root(key.power() + 1);
        transform.shift(left, between);
        transform.shift(right, between);
        transform.shift(product, between);
        for (int i = 0; i < key.rows(); i++) {
            product.set(i, left.get(i).multiply(right.get(i)).subtract(product.get(i)));
        }
        left.clear();
        right.clear();
        return product.plain();
    }
}
