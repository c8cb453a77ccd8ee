package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairingTest {
    private final Random random = new Random(13);

    @Test
    void pairing_of_the_generators_has_the_order_of_the_groups() {
        Fp12 value = pairing(G1.GENERATOR, G2.GENERATOR);
        assertThat(value.isOne()).isFalse();
        assertThat(power(value, Fr.ORDER)).isEqualTo(Fp12.ONE);
    }

    @Test
    void pairing_is_bilinear() {
        for (int i = 0; i < 10; i++) {
            BigInteger a = scalar();
            BigInteger b = scalar();
            Point<Fp> p = G1.multiply(G1.GENERATOR, scalar());
            Point<Fp2> q = G2.multiply(G2.GENERATOR, scalar());
            Fp12 value = pairing(p, q);
            assertThat(value.isOne()).isFalse();
            assertThat(pairing(G1.multiply(p, a), G2.multiply(q, b)))
                    .isEqualTo(power(value, a.multiply(b).mod(Fr.ORDER)));
            Point<Fp> otherP = G1.multiply(G1.GENERATOR, b);
            assertThat(pairing(G1.add(p, otherP), q)).isEqualTo(value.multiply(pairing(otherP, q)));
            Point<Fp2> otherQ = G2.multiply(G2.GENERATOR, a);
            assertThat(pairing(p, G2.add(q, otherQ))).isEqualTo(value.multiply(pairing(p, otherQ)));
        }
    }

    @Test
    void pairing_with_infinity_is_one() {
        assertThat(pairing(Point.infinity(Fp.ZERO), G2.GENERATOR)).isEqualTo(Fp12.ONE);
        assertThat(pairing(G1.GENERATOR, Point.infinity(Fp2.ZERO))).isEqualTo(Fp12.ONE);
        assertThat(new PairingProduct().value()).isEqualTo(Fp12.ONE);
    }

    @Test
    void prepared_points_give_the_same_value() {
        Point<Fp> p = G1.multiply(G1.GENERATOR, scalar());
        Point<Fp2> q = G2.multiply(G2.GENERATOR, scalar());
        PreparedG2 prepared = new PreparedG2(q);
        assertThat(prepared.point()).isEqualTo(q);
        assertThat(new PairingProduct().with(p, prepared).value()).isEqualTo(pairing(p, q));
        assertThat(new PairingProduct()
                        .with(p.negate(), prepared)
                        .with(p, q)
                        .with(Point.infinity(Fp.ZERO), prepared)
                        .value())
                .isEqualTo(Fp12.ONE);
    }

    private static Fp12 pairing(Point<Fp> p, Point<Fp2> q) {
        return new PairingProduct().with(p, q).value();
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

    private BigInteger scalar() {
        return new BigInteger(256, random).mod(Fr.ORDER);
    }
}
