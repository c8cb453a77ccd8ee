package io.aitbc.openclaw.zk.bn254;

/**
 * A point in affine coordinates. Whether it lies on the curve is not known from its existence: see {@link G1} and {@link G2}.
 *
 * @param infinite whether it is the neutral element; then the coordinates are zero
 * @param <F> field of the coordinates: {@link Fp} in G1, {@link Fp2} in G2
 */
public record Point<F extends FieldElement<F>>(F x, F y, boolean infinite) {
    public static <F extends FieldElement<F>> Point<F> of(F x, F y) {
        return new Point<>(x, y, false);
    }

    /** @param zero of the field */
    public static <F extends FieldElement<F>> Point<F> infinity(F zero) {
        return new Point<>(zero, zero, true);
    }

    public Point<F> negate() {
        return new Point<>(x, y.negate(), infinite);
    }

    /** Whether y^2 = x^3 + b. Infinity is. */
    boolean isOn(F b) {
        return infinite || y.square().equals(x.square().multiply(x).add(b));
    }
}
