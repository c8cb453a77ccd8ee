package io.aitbc.openclaw.bench.squarings;

import java.math.BigInteger;

/** Numbers modulo a prime. */
record PrimeField(BigInteger prime) implements Field<BigInteger> {
    /** Of the coordinates of BN254. */
    static final PrimeField COORDINATES = new PrimeField(
            new BigInteger("21888242871839275222246405745257275088696311157297823662689037894645226208583"));

    /** Of the signals of circuits over BN254. */
    static final PrimeField SIGNALS = new PrimeField(
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617"));

    @Override
    public BigInteger add(BigInteger one, BigInteger other) {
        BigInteger sum = one.add(other);
        return sum.compareTo(prime) < 0 ? sum : sum.subtract(prime);
    }

    @Override
    public BigInteger subtract(BigInteger one, BigInteger other) {
        BigInteger difference = one.subtract(other);
        return difference.signum() < 0 ? difference.add(prime) : difference;
    }

    @Override
    public BigInteger multiply(BigInteger one, BigInteger other) {
        return one.multiply(other).mod(prime);
    }

    @Override
    public BigInteger invert(BigInteger number) {
        return number.modInverse(prime);
    }

    BigInteger power(BigInteger number, long exponent) {
        return number.modPow(BigInteger.valueOf(exponent), prime);
    }

    /** Of signals: the root of unity of order 2^power that circom and snarkjs use. */
    BigInteger root(int power) {
        return BigInteger.valueOf(5).modPow(prime.subtract(BigInteger.ONE).shiftRight(power), prime);
    }
}
