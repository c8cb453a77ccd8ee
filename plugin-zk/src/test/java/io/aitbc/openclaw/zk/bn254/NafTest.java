package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NafTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 8})
    void digits_are_odd_few_and_make_up_the_number(int width) {
        Random random = new Random(width);
        for (int i = 0; i < 5_000; i++) {
            BigInteger number = switch (i % 4) {
                case 0 -> BigInteger.valueOf(i / 4);
                case 1 -> BigInteger.ONE.shiftLeft(i % 300).subtract(BigInteger.ONE);
                case 2 -> BigInteger.ONE.shiftLeft(i % 300).add(BigInteger.valueOf(random.nextInt(9)));
                default -> new BigInteger(random.nextInt(300), random);
            };
            byte[] digits = Naf.of(number, width);
            BigInteger sum = BigInteger.ZERO;
            int last = -width;
            for (int at = 0; at < digits.length; at++) {
                if (digits[at] != 0) {
                    assertThat(digits[at] & 1).isEqualTo(1);
                    assertThat(Math.abs(digits[at])).isLessThan(1 << (width - 1));
                    assertThat(at - last).isGreaterThanOrEqualTo(width);
                    last = at;
                    sum = sum.add(BigInteger.valueOf(digits[at]).shiftLeft(at));
                }
            }
            assertThat(sum).isEqualTo(number);
        }
    }
}
