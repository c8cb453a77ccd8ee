package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/** Finds a point of the twist outside the subgroup, with square roots taken by a way of its own. */
public final class TwistPoints {
    private static final BigInteger P = Fp.PRIME;
    private static final BigInteger ROOT = P.add(BigInteger.ONE).shiftRight(2);

    private TwistPoints() {}

    /** As snarkjs writes it. */
    public static String outsideSubgroup() {
        Point<Fp2> point = point();
        return "[[\"%s\", \"0\"], [\"%s\", \"%s\"], [\"1\", \"0\"]]"
                .formatted(point.x().c0(), point.y().c0(), point.y().c1());
    }

    /** Among points of the twist, one in 2^254 is in the subgroup. */
    public static Point<Fp2> point() {
        Fp2 b = Fp2.of(BigInteger.valueOf(3), BigInteger.ZERO)
                .multiply(Fp2.of(BigInteger.valueOf(9), BigInteger.ONE).inverse());
        for (int i = 1; ; i++) {
            Fp2 x = Fp2.of(BigInteger.valueOf(i), BigInteger.ZERO);
            Fp2 square = x.square().multiply(x).add(b);
            // sqrt(c0 + c1 u) = r + c1/(2r) u with r^2 = (c0 + |c|)/2
            BigInteger c0 = square.c0().value();
            BigInteger c1 = square.c1().value();
            BigInteger norm = c0.multiply(c0).add(c1.multiply(c1)).modPow(ROOT, P);
            BigInteger r = c0.add(norm).multiply(BigInteger.TWO.modInverse(P)).modPow(ROOT, P);
            BigInteger s = c1.multiply(r.shiftLeft(1).modInverse(P)).mod(P);
            Fp2 y = Fp2.of(r, s);
            if (y.square().equals(square)) {
                return Point.of(x, y);
            }
        }
    }
}
