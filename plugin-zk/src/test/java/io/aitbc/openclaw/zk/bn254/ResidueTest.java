package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with {@link BigInteger} on random numbers and on those next to carries and to the prime. */
class ResidueTest {
    private static final BigInteger NINE = BigInteger.valueOf(9);

    private final Random random = new Random(11);

    @Test
    void coordinates_compute_like_big_integers() {
        for (int i = 0; i < 20_000; i++) {
            compare(Fp.ZERO, Fp.PRIME);
        }
    }

    @Test
    void scalars_compute_like_big_integers() {
        for (int i = 0; i < 20_000; i++) {
            compare(Fr.ZERO, Fr.ORDER);
        }
    }

    @Test
    void sums_of_products_compute_like_big_integers() {
        for (int i = 0; i < 20_000; i++) {
            BigInteger[] n = {number(Fp.PRIME), number(Fp.PRIME), number(Fp.PRIME), number(Fp.PRIME)};
            Fp a = Fp.valueOf(n[0]);
            Fp b = Fp.valueOf(n[1]);
            Fp c = Fp.valueOf(n[2]);
            Fp d = Fp.valueOf(n[3]);
            BigInteger ab = n[0].multiply(n[1]);
            BigInteger cd = n[2].multiply(n[3]);
            assertThat(Fp.sumOfProducts(a, b, c, d).value())
                    .isEqualTo(ab.add(cd).mod(Fp.PRIME));
            assertThat(Fp.differenceOfProducts(a, b, c, d).value())
                    .isEqualTo(ab.subtract(cd).mod(Fp.PRIME));
            assertThat(a.nineTimesPlus(b).value())
                    .isEqualTo(n[0].multiply(NINE).add(n[1]).mod(Fp.PRIME));
            assertThat(a.nineTimesMinus(b).value())
                    .isEqualTo(n[0].multiply(NINE).subtract(n[1]).mod(Fp.PRIME));
        }
    }

    @Test
    void zero_has_no_inverse() {
        assertThatThrownBy(Fp.ZERO::inverse).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(Fr.ZERO::inverse).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void bytes_are_big_endian() {
        assertThat(Fr.valueOf(258).bytes()).hasSize(32).endsWith(0, 1, 2);
    }

    @Test
    void powers_multiply() {
        Fr three = Fr.valueOf(3);
        assertThat(three.power(BigInteger.TEN)).isEqualTo(Fr.valueOf(59_049));
        assertThat(three.power(Fr.ORDER.subtract(BigInteger.ONE))).isEqualTo(Fr.ONE);
        assertThat(three.power(BigInteger.ZERO)).isEqualTo(Fr.ONE);
    }

    private <F extends Residue<F>> void compare(F zero, BigInteger prime) {
        BigInteger first = number(prime);
        BigInteger second = number(prime);
        F one = zero.of(first);
        F other = zero.of(second);
        assertThat(one.value()).isEqualTo(first);
        assertThat(one.add(other).value()).isEqualTo(first.add(second).mod(prime));
        assertThat(one.subtract(other).value()).isEqualTo(first.subtract(second).mod(prime));
        assertThat(one.multiply(other).value()).isEqualTo(first.multiply(second).mod(prime));
        assertThat(one.square().value()).isEqualTo(first.multiply(first).mod(prime));
        assertThat(one.twice().value()).isEqualTo(first.shiftLeft(1).mod(prime));
        assertThat(one.negate().value()).isEqualTo(first.negate().mod(prime));
        assertThat(one.or(other, 0)).isEqualTo(one);
        assertThat(one.or(other, -1)).isEqualTo(other);
        assertThat(one.isZero()).isEqualTo(first.signum() == 0);
        assertThat(one.equals(other)).isEqualTo(first.equals(second));
        if (first.signum() != 0) {
            assertThat(one.inverse().value()).isEqualTo(first.modInverse(prime));
        }
    }

    /** Every fourth number is made of limbs of ones and zeros or lies next to the prime. */
    private BigInteger number(BigInteger prime) {
        if (random.nextInt(4) > 0) {
            return new BigInteger(256, random).mod(prime);
        }
        List<BigInteger> edges = new ArrayList<>();
        edges.add(prime.subtract(BigInteger.valueOf(1 + random.nextInt(3))));
        edges.add(BigInteger.valueOf(random.nextInt(3)));
        BigInteger limbs = BigInteger.ZERO;
        for (int i = 0; i < 4; i++) {
            limbs = limbs.shiftLeft(64)
                    .add(BigInteger.ONE.shiftLeft(random.nextInt(65)).subtract(BigInteger.ONE));
        }
        edges.add(limbs.mod(prime));
        // in Montgomery form, the limbs themselves
        edges.add(
                limbs.multiply(BigInteger.ONE.shiftLeft(256).modInverse(prime)).mod(prime));
        return edges.get(random.nextInt(edges.size()));
    }
}
