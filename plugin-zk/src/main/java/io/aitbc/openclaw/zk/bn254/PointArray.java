package io.aitbc.openclaw.zk.bn254;

/**
 * Many points in one array: the limbs of their affine coordinates in Montgomery form, and zeros for infinity, as proving keys of snarkjs have them.
 *
 * @param <F> field of the coordinates
 */
public abstract sealed class PointArray<F extends FieldElement<F>> {
    private static final int LIMBS = 4;
    private static final int CHECKED_AT_ONCE = 4096;

    final long[] limbs;
    private final int limbsPerPoint;

    private PointArray(long[] limbs, int limbsPerPoint) {
        this.limbs = limbs;
        this.limbsPerPoint = limbsPerPoint;
        if (limbs.length % limbsPerPoint != 0) {
            throw new IllegalArgumentException("%d limbs are no whole number of points".formatted(limbs.length));
        }
        for (int at = 0; at < limbs.length; at += LIMBS) {
            if (!Fp.isBelowPrime(limbs, at)) {
                throw new IllegalArgumentException("point %d has a coordinate that is not below the prime of its field"
                        .formatted(at / limbsPerPoint));
            }
        }
    }

    /**
     * @param limbs eight a point; they are not copied
     * @throws IllegalArgumentException that names the first point that is not on the curve
     */
    public static PointArray<Fp> g1(long[] limbs) throws InterruptedException {
        return new InG1(limbs).checked();
    }

    /**
     * Whether they are in the subgroup is not looked at, which would take a hundred times longer.
     *
     * @param limbs sixteen a point; they are not copied
     * @throws IllegalArgumentException that names the first point that is not on the twist
     */
    public static PointArray<Fp2> g2(long[] limbs) throws InterruptedException {
        return new InG2(limbs).checked();
    }

    public final int size() {
        return limbs.length / limbsPerPoint;
    }

    public final Point<F> get(int index) {
        return isInfinite(index) ? Point.infinity(zero()) : Point.of(x(index), y(index));
    }

    final boolean isInfinite(int index) {
        long any = 0;
        for (int i = 0; i < limbsPerPoint; i++) {
            any |= limbs[limbsPerPoint * index + i];
        }
        return any == 0;
    }

    final PointArray<F> checked() throws InterruptedException {
        for (int i = 0; i < size(); i++) {
            if (i % CHECKED_AT_ONCE == 0) {
                Interruption.check();
            }
            if (!isInfinite(i) && !get(i).isOn(b())) {
                throw new IllegalArgumentException("point %d is not a point of the curve".formatted(i));
            }
        }
        return this;
    }

    abstract F x(int index);

    abstract F y(int index);

    abstract F zero();

    abstract F b();

    private static final class InG1 extends PointArray<Fp> {
        private static final int SIZE = 2 * LIMBS;

        InG1(long[] limbs) {
            super(limbs, SIZE);
        }

        @Override
        Fp x(int index) {
            return Fp.ofMontgomery(limbs, SIZE * index);
        }

        @Override
        Fp y(int index) {
            return Fp.ofMontgomery(limbs, SIZE * index + LIMBS);
        }

        @Override
        Fp zero() {
            return Fp.ZERO;
        }

        @Override
        Fp b() {
            return G1.B;
        }
    }

    private static final class InG2 extends PointArray<Fp2> {
        private static final int SIZE = 4 * LIMBS;

        InG2(long[] limbs) {
            super(limbs, SIZE);
        }

        private Fp2 at(int from) {
            return new Fp2(Fp.ofMontgomery(limbs, from), Fp.ofMontgomery(limbs, from + LIMBS));
        }

        @Override
        Fp2 x(int index) {
            return at(SIZE * index);
        }

        @Override
        Fp2 y(int index) {
            return at(SIZE * index + 2 * LIMBS);
        }

        @Override
        Fp2 zero() {
            return Fp2.ZERO;
        }

        @Override
        Fp2 b() {
            return G2.B;
        }
    }
}
