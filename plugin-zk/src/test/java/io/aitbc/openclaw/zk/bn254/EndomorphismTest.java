package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndomorphismTest {
    private static final BigInteger ORDER = Fr.ORDER;

    private final Random random = new Random(16);

    @Test
    void lambda_and_beta_are_cube_roots_of_unity() {
        Fr lambda = Fr.valueOf(Endomorphism.LAMBDA);
        assertThat(lambda.square().add(lambda).add(Fr.ONE)).isEqualTo(Fr.ZERO);
        assertThat(Endomorphism.BETA.square().add(Endomorphism.BETA).add(Fp.ONE))
                .isEqualTo(Fp.ZERO);
    }

    @Test
    void images_are_multiples_by_lambda() {
        assertThat(Endomorphism.map(Point.infinity(Fp.ZERO)).infinite()).isTrue();
        for (int i = 0; i < 20; i++) {
            Point<Fp> point = G1.multiply(G1.GENERATOR, new BigInteger(256, random));
            assertThat(Endomorphism.map(point)).isEqualTo(G1.multiply(point, Endomorphism.LAMBDA));
        }
    }

    @Test
    void halves_are_short_and_make_up_the_scalar() {
        for (int i = 0; i < 20_000; i++) {
            BigInteger scalar = scalar(i);
            Endomorphism.Halves halves = Endomorphism.halves(scalar);
            assertThat(halves.plain()
                            .add(halves.mapped().multiply(Endomorphism.LAMBDA))
                            .subtract(scalar)
                            .mod(ORDER))
                    .isZero();
            assertThat(halves.plain().abs().bitLength()).isLessThanOrEqualTo(127);
            assertThat(halves.mapped().abs().bitLength()).isLessThanOrEqualTo(127);
        }
    }

    /** Every other one lies next to a multiple of the order, of lambda or of a power of two. */
    private BigInteger scalar(int index) {
        BigInteger near = BigInteger.valueOf(random.nextInt(9) - 4);
        BigInteger scalar = switch (index % 6) {
            case 0 -> near;
            case 1 -> ORDER.multiply(BigInteger.valueOf(random.nextInt(4))).add(near);
            case 2 -> Endomorphism.LAMBDA.multiply(new BigInteger(130, random)).add(near);
            case 3 -> BigInteger.ONE.shiftLeft(random.nextInt(260)).add(near);
            default -> new BigInteger(256, random);
        };
        return scalar.signum() < 0 ? scalar.add(ORDER) : scalar;
    }
}
