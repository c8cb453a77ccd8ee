package io.aitbc.openclaw.zk.babyjubjub;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;

/** A pair of coordinates, on the curve 168700 x^2 + y^2 = 1 + 168696 x^2 y^2 or not. What computes takes points of the curve. */
public record EdwardsPoint(Fr x, Fr y) {
    static final Fr A = Fr.valueOf(168700);
    static final Fr D = Fr.valueOf(168696);

    /** Order of the subgroup that {@link #BASE} generates, a prime; the curve has eight times as many points. */
    public static final BigInteger ORDER =
            new BigInteger("2736030358979909402780800718157159386076813972158567259200215660948447373041");

    public static final EdwardsPoint NEUTRAL = new EdwardsPoint(Fr.ZERO, Fr.ONE);

    /** The base point of EIP-2494: eight times its generator. */
    public static final EdwardsPoint BASE = new EdwardsPoint(
            Fr.valueOf(new BigInteger("5299619240641551281634865583518297030282874472190772894086521144482721001553")),
            Fr.valueOf(
                    new BigInteger("16950150798460657717958625567821834550301663161624707787222815936182638968203")));

    private static final BigInteger HALF = Fr.ORDER.shiftRight(1);
    private static final int SCALAR_BITS = Fr.ORDER.bitLength();

    public boolean isOnCurve() {
        Fr xx = x.square();
        Fr yy = y.square();
        return A.multiply(xx).add(yy).equals(Fr.ONE.add(D.multiply(xx).multiply(yy)));
    }

    public EdwardsPoint plus(EdwardsPoint other) {
        return ProjectivePoint.of(this).plus(ProjectivePoint.of(other)).affine();
    }

    /**
     * For scalars that are no secret: what takes its time depends on them.
     *
     * @param scalar not negative, of at most 254 bits
     */
    public EdwardsPoint times(BigInteger scalar) {
        if (scalar.signum() < 0 || scalar.bitLength() > SCALAR_BITS) {
            throw new IllegalArgumentException("a scalar has at most %d bits".formatted(SCALAR_BITS));
        }
        ProjectivePoint point = ProjectivePoint.of(this);
        ProjectivePoint sum = ProjectivePoint.NEUTRAL;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = sum.plus(sum);
            if (scalar.testBit(bit)) {
                sum = sum.plus(point);
            }
        }
        return sum.affine();
    }

    /** Of the order that signatures need, or neutral. */
    public boolean isInSubgroup() {
        return isOnCurve() && times(ORDER).equals(NEUTRAL);
    }

    /** One of the eight points whose multiple by eight is neutral: whoever has one as a key has no key. */
    boolean isOfSmallOrder() {
        return times(BigInteger.valueOf(8)).equals(NEUTRAL);
    }

    /** 32 bytes: y, little-endian, and in the top bit whether x is in the upper half; as circomlibjs packs points. */
    public byte[] packed() {
        byte[] bigEndian = y.bytes();
        byte[] packed = new byte[bigEndian.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (x.value().compareTo(HALF) > 0) {
            packed[packed.length - 1] |= (byte) 0x80;
        }
        return packed;
    }
}
