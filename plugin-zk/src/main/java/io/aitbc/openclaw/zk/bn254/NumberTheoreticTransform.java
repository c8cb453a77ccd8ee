package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/**
 * Values of polynomials at the roots of unity of an order 2^power, from their coefficients and back (J. W. Cooley, J. W. Tukey, 1965). The root is
 * the one that snarkjs takes: a power of the least number that is no square.
 */
public final class NumberTheoreticTransform {
    /** 2^28 divides the order less one, 2^29 does not. */
    public static final int MAX_POWER = 28;

    private static final Fr NOT_A_SQUARE = Fr.valueOf(5);

    private final int power;
    private final Scalars roots;
    private final Scalars inverseRoots;

    /** @param power from 0 to {@link #MAX_POWER} */
    public NumberTheoreticTransform(int power) {
        this.power = power;
        Fr root = root(power);
        roots = powers(Fr.ONE, root, size() / 2);
        inverseRoots = powers(Fr.ONE, root.inverse(), size() / 2);
    }

    /** The root of unity of order 2^power. */
    public static Fr root(int power) {
        BigInteger odd = Fr.ORDER.subtract(BigInteger.ONE).shiftRight(power);
        return NOT_A_SQUARE.power(odd);
    }

    private static Scalars powers(Fr first, Fr factor, int count) {
        Scalars powers = Scalars.zeros(count);
        Fr next = first;
        for (int i = 0; i < count; i++) {
            powers.set(i, next);
            next = next.multiply(factor);
        }
        return powers;
    }

    public int size() {
        return 1 << power;
    }

    /** Coefficients become values: at index i that at root^i. */
    public void evaluate(Scalars values) throws InterruptedException {
        transform(values, roots);
    }

    /** Values become coefficients. */
    public void interpolate(Scalars values) throws InterruptedException {
        transform(values, inverseRoots);
        scale(values, Fr.valueOf(size()).inverse(), Fr.ONE);
    }

    /** Values at the roots become those at the roots times another number. */
    public void shift(Scalars values, Fr by) throws InterruptedException {
        transform(values, inverseRoots);
        scale(values, Fr.valueOf(size()).inverse(), by);
        transform(values, roots);
    }

    private static void scale(Scalars values, Fr first, Fr factor) {
        Fr next = first;
        for (int i = 0; i < values.size(); i++) {
            values.set(i, values.get(i).multiply(next));
            next = next.multiply(factor);
        }
    }

    private void transform(Scalars values, Scalars twiddles) throws InterruptedException {
        if (values.size() != size()) {
            throw new IllegalArgumentException(
                    "%d values do not fit a transform of %d".formatted(values.size(), size()));
        }
        reverseBits(values);
        for (int half = 1; half < size(); half <<= 1) {
            Interruption.check();
            int stride = size() / (2 * half);
            for (int start = 0; start < size(); start += 2 * half) {
                for (int i = 0; i < half; i++) {
                    Fr even = values.get(start + i);
                    Fr odd = values.get(start + half + i).multiply(twiddles.get(i * stride));
                    values.set(start + i, even.add(odd));
                    values.set(start + half + i, even.subtract(odd));
                }
            }
        }
    }

    private void reverseBits(Scalars values) {
        for (int i = 0; i < size(); i++) {
            int reversed = power == 0 ? 0 : Integer.reverse(i) >>> (Integer.SIZE - power);
            if (i < reversed) {
                Fr value = values.get(i);
                values.set(i, values.get(reversed));
                values.set(reversed, value);
            }
        }
    }
}
