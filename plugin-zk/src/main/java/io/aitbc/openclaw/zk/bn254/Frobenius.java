package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/** The maps x -> x^p and x -> x^(p^2) on the tower, and what they do to points of the twist. */
final class Frobenius {
    private static final BigInteger SIX = BigInteger.valueOf(6);

    /** Powers of xi^((p-1)/6): w^i maps to w^i times the i-th. */
    private static final Fp2[] ONCE = powers(Fp.PRIME);

    /** Powers of xi^((p^2-1)/6), which lie in the base field. */
    private static final Fp2[] TWICE = powers(Fp.PRIME.multiply(Fp.PRIME));

    private Frobenius() {}

    private static Fp2[] powers(BigInteger prime) {
        Fp2 root = Fp2.XI.power(prime.subtract(BigInteger.ONE).divide(SIX));
        Fp2[] powers = new Fp2[6];
        powers[0] = Fp2.ONE;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1].multiply(root);
        }
        return powers;
    }

    /** x^p. */
    static Fp12 once(Fp12 x) {
        return new Fp12(
                new Fp6(
                        x.c0().c0().conjugate(),
                        x.c0().c1().conjugate().multiply(ONCE[2]),
                        x.c0().c2().conjugate().multiply(ONCE[4])),
                new Fp6(
                        x.c1().c0().conjugate().multiply(ONCE[1]),
                        x.c1().c1().conjugate().multiply(ONCE[3]),
                        x.c1().c2().conjugate().multiply(ONCE[5])));
    }

    /** x^(p^2). */
    static Fp12 twice(Fp12 x) {
        return new Fp12(
                new Fp6(
                        x.c0().c0(),
                        x.c0().c1().multiply(TWICE[2].c0()),
                        x.c0().c2().multiply(TWICE[4].c0())),
                new Fp6(
                        x.c1().c0().multiply(TWICE[1].c0()),
                        x.c1().c1().multiply(TWICE[3].c0()),
                        x.c1().c2().multiply(TWICE[5].c0())));
    }

    /** The p-power map, carried over from the curve to its twist. */
    static Point<Fp2> once(Point<Fp2> point) {
        return new Point<>(
                point.x().conjugate().multiply(ONCE[2]), point.y().conjugate().multiply(ONCE[3]), point.infinite());
    }

    static Jacobian<Fp2> once(Jacobian<Fp2> point) {
        return new Jacobian<>(
                point.x().conjugate().multiply(ONCE[2]),
                point.y().conjugate().multiply(ONCE[3]),
                point.z().conjugate());
    }
}
