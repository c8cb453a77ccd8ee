package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with polynomials that are evaluated term by term. */
class NumberTheoreticTransformTest {
    private final Random random = new Random(11);

    private Scalars some(int size) {
        Scalars scalars = Scalars.zeros(size);
        for (int i = 0; i < size; i++) {
            scalars.set(i, Fr.valueOf(new BigInteger(300, random)));
        }
        return scalars;
    }

    private static List<Fr> list(Scalars scalars) {
        List<Fr> list = new ArrayList<>();
        for (int i = 0; i < scalars.size(); i++) {
            list.add(scalars.get(i));
        }
        return list;
    }

    private static BigInteger slowValue(List<Fr> coefficients, BigInteger at) {
        BigInteger value = BigInteger.ZERO;
        for (int i = coefficients.size() - 1; i >= 0; i--) {
            value = value.multiply(at).add(coefficients.get(i).value()).mod(Fr.ORDER);
        }
        return value;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6, 8})
    void values_are_those_of_the_polynomial(int power) throws Exception {
        NumberTheoreticTransform transform = new NumberTheoreticTransform(power);
        Scalars values = some(1 << power);
        List<Fr> coefficients = list(values);
        transform.evaluate(values);
        BigInteger root = NumberTheoreticTransform.root(power).value();
        for (int i = 0; i < values.size(); i++) {
            assertThat(values.get(i).value())
                    .isEqualTo(slowValue(coefficients, root.modPow(BigInteger.valueOf(i), Fr.ORDER)));
        }
        transform.interpolate(values);
        assertThat(list(values)).isEqualTo(coefficients);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 7})
    void shifted_values_are_those_between_the_roots(int power) throws Exception {
        NumberTheoreticTransform transform = new NumberTheoreticTransform(power);
        Scalars values = some(1 << power);
        List<Fr> coefficients = list(values);
        Fr between = NumberTheoreticTransform.root(power + 1);
        transform.evaluate(values);
        transform.shift(values, between);
        BigInteger root = NumberTheoreticTransform.root(power).value();
        for (int i = 0; i < values.size(); i++) {
            BigInteger at = between.value().multiply(root.modPow(BigInteger.valueOf(i), Fr.ORDER));
            assertThat(values.get(i).value()).isEqualTo(slowValue(coefficients, at.mod(Fr.ORDER)));
        }
    }

    @Test
    void transform_is_linear_and_turns_products_into_products() throws Exception {
        NumberTheoreticTransform transform = new NumberTheoreticTransform(6);
        Scalars one = Scalars.zeros(64);
        Scalars other = Scalars.zeros(64);
        Scalars product = Scalars.zeros(64);
        for (int i = 0; i < 32; i++) {
            one.set(i, Fr.valueOf(new BigInteger(300, random)));
            other.set(i, Fr.valueOf(new BigInteger(300, random)));
        }
        for (int i = 0; i < 32; i++) {
            for (int j = 0; j < 32; j++) {
                product.set(i + j, product.get(i + j).add(one.get(i).multiply(other.get(j))));
            }
        }
        transform.evaluate(one);
        transform.evaluate(other);
        transform.evaluate(product);
        for (int i = 0; i < 64; i++) {
            assertThat(one.get(i).multiply(other.get(i))).isEqualTo(product.get(i));
        }
    }

    @Test
    void roots_have_the_order_they_say_and_are_those_of_snarkjs() {
        for (int power = 0; power <= NumberTheoreticTransform.MAX_POWER; power++) {
            BigInteger root = NumberTheoreticTransform.root(power).value();
            assertThat(root.modPow(BigInteger.ONE.shiftLeft(power), Fr.ORDER)).isEqualTo(BigInteger.ONE);
            if (power > 0) {
                assertThat(root.modPow(BigInteger.ONE.shiftLeft(power - 1), Fr.ORDER))
                        .isNotEqualTo(BigInteger.ONE);
            }
        }
        // From a key of PLONK that snarkjs made.
        assertThat(NumberTheoreticTransform.root(3))
                .hasToString("19540430494807482326159819597004422086093766032135589407132600596362845576832");
    }

    @Test
    void other_numbers_of_values_are_refused() {
        assertThatThrownBy(() -> new NumberTheoreticTransform(3).evaluate(Scalars.zeros(9)))
                .hasMessage("9 values do not fit a transform of 8");
    }
}
