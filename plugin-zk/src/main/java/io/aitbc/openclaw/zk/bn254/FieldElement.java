package io.aitbc.openclaw.zk.bn254;

/**
 * What curve arithmetic needs of a field. Elements are immutable and always fully reduced.
 *
 * @param <F> the field
 */
public interface FieldElement<F extends FieldElement<F>> {
    F add(F other);

    F subtract(F other);

    F negate();

    F twice();

    F multiply(F other);

    F square();

    /** @throws ArithmeticException for zero */
    F inverse();

    boolean isZero();

    /** The neutral elements of this element's field. */
    F zero();

    F one();
}
