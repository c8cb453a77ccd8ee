package io.aitbc.openclaw.zk.babyjubjub;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is computed without branches is what {@link BigInteger} and the plain multiplication compute. */
class SecretScalarTest {
    private static final BigInteger ORDER = EdwardsPoint.ORDER;

    private final Random random = new Random(7);

    private static SecretScalar secret(BigInteger number) {
        return SecretScalar.of(number.toByteArray());
    }

    /** Edges of the order, of limbs and of the bytes of a hash, and random ones. */
    private List<BigInteger> numbers() {
        List<BigInteger> numbers = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO));
        for (BigInteger edge : List.of(
                ORDER,
                ORDER.shiftLeft(1),
                ORDER.multiply(ORDER),
                BigInteger.ONE.shiftLeft(64),
                BigInteger.ONE.shiftLeft(128),
                BigInteger.ONE.shiftLeft(192),
                BigInteger.ONE.shiftLeft(251),
                BigInteger.ONE.shiftLeft(512))) {
            numbers.addAll(List.of(edge.subtract(BigInteger.ONE), edge, edge.add(BigInteger.ONE)));
        }
        for (int i = 0; i < 60; i++) {
            numbers.add(new BigInteger(1 + random.nextInt(512), random));
        }
        return numbers;
    }

    @Test
    void sums_and_products_are_those_modulo_the_order() {
        List<BigInteger> numbers = numbers();
        for (BigInteger one : numbers) {
            assertThat(secret(one).reveal()).isEqualTo(one.mod(ORDER));
            BigInteger other = numbers.get(random.nextInt(numbers.size()));
            assertThat(secret(one).plus(secret(other)).reveal())
                    .as("%s + %s", one, other)
                    .isEqualTo(one.add(other).mod(ORDER));
            assertThat(secret(one).times(other).reveal())
                    .as("%s * %s", one, other)
                    .isEqualTo(one.multiply(other).mod(ORDER));
        }
    }

    @Test
    void hidden_number_is_a_multiple_of_the_order_away() {
        for (BigInteger number : numbers()) {
            for (long multiple : new long[] {0, 1, -1, Long.MIN_VALUE, random.nextLong()}) {
                BigInteger hidden = BigInteger.ZERO;
                long[] limbs = secret(number).blinded(multiple);
                for (int i = limbs.length - 1; i >= 0; i--) {
                    hidden = hidden.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(limbs[i])));
                }
                BigInteger expected = new BigInteger(Long.toUnsignedString(multiple))
                        .multiply(ORDER)
                        .add(number.mod(ORDER));
                assertThat(hidden).isEqualTo(expected);
            }
        }
    }

    @Test
    void multiple_of_the_base_is_the_plain_one_however_it_is_hidden() {
        byte[] none = new byte[SecretMultiple.HIDING];
        byte[] all = new byte[64];
        Arrays.fill(all, (byte) -1);
        for (BigInteger number : numbers()) {
            byte[] some = new byte[SecretMultiple.HIDING];
            random.nextBytes(some);
            EdwardsPoint expected = EdwardsPoint.BASE.times(number.mod(ORDER));
            for (byte[] hiding : List.of(none, all, some)) {
                assertThat(SecretMultiple.ofBase(secret(number), hiding))
                        .as(number.toString())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void nothing_of_it_is_printed() {
        assertThat(secret(BigInteger.TEN)).hasToString("SecretScalar");
    }
}
