package io.aitbc.openclaw.bench.squarings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.bench.squarings.Multiples.Affine;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiplesTest {
    private final Multiples<BigInteger> multiples =
            new Multiples<>(PrimeField.COORDINATES, new Affine<>(BigInteger.ONE, BigInteger.TWO));

    private static Affine<BigInteger> point(String x, String y) {
        return new Affine<>(new BigInteger(x), new BigInteger(y));
    }

    @Test
    void multiples_are_those_that_ethereum_knows() {
        // 2 and 3 times the generator, as in the tests of EIP-196.
        assertThat(multiples.of(List.of(BigInteger.TWO, BigInteger.valueOf(3))))
                .containsExactly(
                        point(
                                "1368015179489954701390400359078579693043519447331113978918064868415326638035",
                                "9918110051302171585080402603319702774565515993150576347155970296011118125764"),
                        point(
                                "3353031288059533942658390886683067124040920775575537747144343083137631628272",
                                "19321533766552368860946552437480515441416830039777911637913418824951667761761"));
    }

    @Test
    void large_multiples_obey_the_order_of_the_group() {
        BigInteger order = PrimeField.SIGNALS.prime();
        List<Affine<BigInteger>> points = multiples.of(
                List.of(order.subtract(BigInteger.ONE), order.add(BigInteger.valueOf(300)), BigInteger.valueOf(300)));
        assertThat(points.get(0))
                .isEqualTo(new Affine<>(
                        BigInteger.ONE, PrimeField.COORDINATES.prime().subtract(BigInteger.TWO)));
        assertThat(points.get(1)).isEqualTo(points.get(2));
        assertThatThrownBy(() -> multiples.of(List.of(order))).isInstanceOf(ArithmeticException.class);
    }
}
