package io.aitbc.openclaw.bench.squarings;

import java.math.BigInteger;

/** Coordinates of the second group of BN254: numbers with a root of -1. */
final class TwistField implements Field<TwistField.Complex> {
    private static final PrimeField BASE = PrimeField.COORDINATES;

    /** real + imaginary * i */
    record Complex(BigInteger real, BigInteger imaginary) {}

    @Override
    public Complex add(Complex one, Complex other) {
        return new Complex(BASE.add(one.real, other.real), BASE.add(one.imaginary, other.imaginary));
    }

    @Override
    public Complex subtract(Complex one, Complex other) {
        return new Complex(BASE.subtract(one.real, other.real), BASE.subtract(one.imaginary, other.imaginary));
    }

    @Override
    public Complex multiply(Complex one, Complex other) {
        BigInteger reals = one.real.multiply(other.real);
        BigInteger imaginaries = one.imaginary.multiply(other.imaginary);
        BigInteger all = one.real.add(one.imaginary).multiply(other.real.add(other.imaginary));
        return new Complex(
                reals.subtract(imaginaries).mod(BASE.prime()),
                all.subtract(reals).subtract(imaginaries).mod(BASE.prime()));
    }

    @Override
    public Complex invert(Complex number) {
        BigInteger norm = number.real.multiply(number.real).add(number.imaginary.multiply(number.imaginary));
        BigInteger inverse = norm.modInverse(BASE.prime());
        return new Complex(
                BASE.multiply(number.real, inverse),
                BASE.multiply(BASE.subtract(BigInteger.ZERO, number.imaginary), inverse));
    }
}
