package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TowerTest {
    private final Random random = new Random(12);

    @Test
    void quadratic_extension_has_a_root_of_minus_one() {
        Fp2 root = new Fp2(Fp.ZERO, Fp.ONE);
        assertThat(root.square()).isEqualTo(Fp2.ONE.negate());
        assertThat(Fp2.XI).isEqualTo(Fp2.of(BigInteger.valueOf(9), BigInteger.ONE));
    }

    /** Otherwise neither the tower nor the twist would be a field and a curve of the right order. */
    @Test
    void xi_is_neither_a_square_nor_a_cube() {
        BigInteger order = Fp.PRIME.pow(2).subtract(BigInteger.ONE);
        assertThat(Fp2.XI.power(order)).isEqualTo(Fp2.ONE);
        assertThat(Fp2.XI.power(order.shiftRight(1))).isNotEqualTo(Fp2.ONE);
        assertThat(Fp2.XI.power(order.divide(BigInteger.valueOf(3)))).isNotEqualTo(Fp2.ONE);
    }

    @Test
    void quadratic_extension_computes_like_big_integers() {
        for (int i = 0; i < 2_000; i++) {
            Fp2 a = fp2();
            Fp2 b = fp2();
            BigInteger real = a.c0().value()
                    .multiply(b.c0().value())
                    .subtract(a.c1().value().multiply(b.c1().value()));
            BigInteger imaginary =
                    a.c0().value().multiply(b.c1().value()).add(a.c1().value().multiply(b.c0().value()));
            assertThat(a.multiply(b)).isEqualTo(Fp2.of(real, imaginary));
            assertThat(a.square()).isEqualTo(a.multiply(a));
            assertThat(a.timesXi()).isEqualTo(a.multiply(Fp2.XI));
            assertThat(a.multiply(a.inverse())).isEqualTo(Fp2.ONE);
            assertThat(a.conjugate()).isEqualTo(i > 2 ? a.conjugate() : a.power(Fp.PRIME));
            assertThat(a.threefold()).isEqualTo(a.add(a).add(a));
        }
    }

    @Test
    void products_follow_the_laws_of_a_field() {
        for (int i = 0; i < 200; i++) {
            Fp12 a = fp12();
            Fp12 b = fp12();
            Fp12 c = fp12();
            assertThat(a.multiply(b)).isEqualTo(b.multiply(a));
            assertThat(a.multiply(b).multiply(c)).isEqualTo(a.multiply(b.multiply(c)));
            assertThat(add(a, b).multiply(c)).isEqualTo(add(a.multiply(c), b.multiply(c)));
            assertThat(a.square()).isEqualTo(a.multiply(a));
            assertThat(a.multiply(a.inverse())).isEqualTo(Fp12.ONE);
            assertThat(a.multiply(Fp12.ONE)).isEqualTo(a);
        }
    }

    @Test
    void cubic_extension_multiplies_like_polynomials() {
        for (int i = 0; i < 500; i++) {
            Fp6 a = fp6();
            Fp6 b = i % 3 == 0 ? new Fp6(fp2(), fp2(), Fp2.ZERO) : fp6();
            Fp2 v0 = a.c0().multiply(b.c0());
            Fp2 v1 = a.c0().multiply(b.c1()).add(a.c1().multiply(b.c0()));
            Fp2 v2 = a.c0().multiply(b.c2()).add(a.c1().multiply(b.c1())).add(a.c2().multiply(b.c0()));
            Fp2 v3 = a.c1().multiply(b.c2()).add(a.c2().multiply(b.c1()));
            Fp2 v4 = a.c2().multiply(b.c2());
            Fp6 product = new Fp6(v0.add(v3.multiply(Fp2.XI)), v1.add(v4.multiply(Fp2.XI)), v2);
            assertThat(a.multiply(b)).isEqualTo(product);
            if (b.c2().isZero()) {
                assertThat(a.multiply(b.c0(), b.c1())).isEqualTo(product);
            }
        }
    }

    @Test
    void generators_of_the_tower_multiply_as_defined() {
        Fp6 v = new Fp6(Fp2.ZERO, Fp2.ONE, Fp2.ZERO);
        Fp12 w = new Fp12(Fp6.ZERO, Fp6.ONE);
        assertThat(v.multiply(v).multiply(v)).isEqualTo(new Fp6(Fp2.XI, Fp2.ZERO, Fp2.ZERO));
        assertThat(w.square()).isEqualTo(new Fp12(v, Fp6.ZERO));
        Fp6 any = fp6();
        assertThat(any.timesV()).isEqualTo(any.multiply(v));
        assertThat(any.multiply(any.inverse())).isEqualTo(Fp6.ONE);
    }

    @Test
    void products_with_lines_are_products() {
        for (int i = 0; i < 200; i++) {
            Fp12 f = fp12();
            Fp2 one = fp2();
            Fp2 a = fp2();
            Fp2 b = fp2();
            assertThat(f.multiplyLine(one, a, b))
                    .isEqualTo(f.multiply(new Fp12(new Fp6(one, Fp2.ZERO, Fp2.ZERO), new Fp6(a, b, Fp2.ZERO))));
            assertThat(f.multiplyLine(a, b)).isEqualTo(f.multiplyLine(Fp2.ONE, a, b));
        }
    }

    @Test
    void frobenius_maps_are_powers() {
        Fp12 f = fp12();
        Fp12 power = power(f, Fp.PRIME);
        assertThat(Frobenius.once(f)).isEqualTo(power);
        assertThat(Frobenius.twice(f)).isEqualTo(power(power, Fp.PRIME));
        Fp12 sixfold = f;
        for (int i = 0; i < 6; i++) {
            sixfold = Frobenius.once(sixfold);
        }
        assertThat(f.conjugate()).isEqualTo(sixfold);
    }

    @Test
    void squares_in_the_cyclotomic_subgroup_are_squares() {
        for (int i = 0; i < 50; i++) {
            Fp12 cyclotomic = cyclotomic();
            assertThat(cyclotomic.cyclotomicSquare()).isEqualTo(cyclotomic.square());
            assertThat(cyclotomic.multiply(cyclotomic.conjugate())).isEqualTo(Fp12.ONE);
        }
    }

    @Test
    void compressed_squares_are_squares() {
        for (int i = 0; i < 50; i++) {
            Fp12 power = cyclotomic();
            CompressedFp12 compressed = CompressedFp12.of(power);
            List<Fp12> powers = new ArrayList<>();
            List<CompressedFp12> squares = new ArrayList<>();
            for (int j = 0; j < 5; j++) {
                powers.add(power);
                squares.add(compressed);
                power = power.square();
                compressed = compressed.square();
            }
            assertThat(squares).allMatch(CompressedFp12::isDecompressible);
            assertThat(CompressedFp12.decompressed(squares)).isEqualTo(powers);
        }
    }

    @Test
    void powers_by_the_parameter_are_powers() {
        for (int i = 0; i < 50; i++) {
            Fp12 value = cyclotomic();
            Fp12 power = ParameterPower.of(value);
            assertThat(power).isEqualTo(power(value, Curve.PARAMETER));
            assertThat(power).isEqualTo(value.cyclotomicPower(Curve.PARAMETER));
        }
    }

    /** One has nothing left that it could be decompressed from. */
    @Test
    void one_stays_one() {
        assertThat(CompressedFp12.of(Fp12.ONE).isDecompressible()).isFalse();
        assertThat(ParameterPower.of(Fp12.ONE)).isEqualTo(Fp12.ONE);
    }

    private Fp12 cyclotomic() {
        Fp12 f = fp12();
        Fp12 unitary = f.conjugate().multiply(f.inverse());
        return Frobenius.twice(unitary).multiply(unitary);
    }

    @Test
    void inverses_of_many_are_those_of_each() {
        List<Fp> numbers = List.of(fp(), fp(), fp());
        assertThat(Inverses.of(numbers))
                .containsExactlyElementsOf(numbers.stream().map(Fp::inverse).toList());
        assertThat(Inverses.<Fp>of(List.of())).isEmpty();
    }

    private static Fp12 add(Fp12 a, Fp12 b) {
        return new Fp12(a.c0().add(b.c0()), a.c1().add(b.c1()));
    }

    private static Fp12 power(Fp12 base, BigInteger exponent) {
        Fp12 result = Fp12.ONE;
        for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
            result = result.square();
            if (exponent.testBit(bit)) {
                result = result.multiply(base);
            }
        }
        return result;
    }

    private Fp fp() {
        return Fp.valueOf(new BigInteger(256, random));
    }

    private Fp2 fp2() {
        return new Fp2(fp(), fp());
    }

    private Fp6 fp6() {
        return new Fp6(fp2(), fp2(), fp2());
    }

    private Fp12 fp12() {
        return new Fp12(fp6(), fp6());
    }
}
