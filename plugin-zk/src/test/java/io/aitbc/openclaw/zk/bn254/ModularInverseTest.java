package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModularInverseTest {
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7, 251, 257, 7919})
    void every_number_below_a_small_prime_has_its_inverse(int prime) {
        ModularInverse inverse = new ModularInverse(BigInteger.valueOf(prime), BigInteger.ONE);
        for (int number = 1; number < prime; number++) {
            long[] limbs = {number, 0, 0, 0};
            inverse.invert(limbs);
            assertThat(limbs[0] * number % prime).isEqualTo(1);
            assertThat(limbs).containsExactly(limbs[0] % prime, 0, 0, 0);
        }
    }

    @Test
    void numbers_of_all_lengths_have_the_inverses_of_big_integers() {
        Random random = new Random(15);
        BigInteger prime = Fp.PRIME;
        ModularInverse inverse = new ModularInverse(prime, BigInteger.valueOf(17));
        for (int i = 0; i < 20_000; i++) {
            BigInteger length = new BigInteger(1 + i % 254, random).setBit(i % 253);
            BigInteger number = (i % 3 == 0 ? prime.subtract(length) : length).mod(prime);
            long[] limbs = limbs(number);
            inverse.invert(limbs);
            assertThat(limbs)
                    .as("17 / %s", number)
                    .isEqualTo(limbs(number.modInverse(prime)
                            .multiply(BigInteger.valueOf(17))
                            .mod(prime)));
        }
    }

    @Test
    void zero_has_no_inverse() {
        ModularInverse inverse = new ModularInverse(Fp.PRIME, BigInteger.ONE);
        assertThatThrownBy(() -> inverse.invert(new long[4])).isInstanceOf(ArithmeticException.class);
    }

    private static long[] limbs(BigInteger number) {
        return new long[] {
            Modulus.limb(number, 0), Modulus.limb(number, 1), Modulus.limb(number, 2), Modulus.limb(number, 3)
        };
    }
}
