package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/** The subgroup of prime order among the points of the twist y^2 = x^3 + 3/(9+u) over the quadratic extension. */
public final class G2 {
    public static final Point<Fp2> GENERATOR = Point.of(
            Fp2.of(
                    new BigInteger("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
                    new BigInteger("11559732032986387107991004021392285783925812861821192530917403151452391805634")),
            Fp2.of(
                    new BigInteger("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
                    new BigInteger("4082367875863433681332203403145435568316851327593401208105741076214120093531")));

    static final Fp2 B = Fp2.XI.inverse().multiply(Fp.valueOf(BigInteger.valueOf(3)));

    private G2() {}

    /** Whether the point is on the twist and in the subgroup; points outside the subgroup let proofs be forged. */
    public static boolean contains(Point<Fp2> point) {
        return isOnTwist(point) && isInSubgroup(point);
    }

    static boolean isOnTwist(Point<Fp2> point) {
        return point.isOn(B);
    }

    /**
     * Whether (t+1)*Q + psi(t*Q) + psi^2(t*Q) = psi^3(2t*Q) for the p-power map psi and the curve's parameter t: holds in the
     * subgroup only (Y. Dai, K. Lin, C.-A. Zhao, Z. Zhou, "Fast subgroup membership testings for G1, G2 and GT on pairing-friendly curves",
     * 2022/348).
     */
    private static boolean isInSubgroup(Point<Fp2> point) {
        Jacobian<Fp2> multiple = Multiplication.multiply(point, Curve.PARAMETER);
        Jacobian<Fp2> mapped = Frobenius.once(multiple);
        Jacobian<Fp2> mappedTwice = Frobenius.once(mapped);
        Jacobian<Fp2> right = Frobenius.once(mappedTwice).twice();
        return multiple.add(point).add(mapped).add(mappedTwice).sameAs(right);
    }

    /** @param scalar not negative */
    public static Point<Fp2> multiply(Point<Fp2> point, BigInteger scalar) {
        return Multiplication.multiply(point, scalar).toAffine();
    }

    public static Point<Fp2> add(Point<Fp2> one, Point<Fp2> other) {
        return Jacobian.of(one).add(other).toAffine();
    }
}
