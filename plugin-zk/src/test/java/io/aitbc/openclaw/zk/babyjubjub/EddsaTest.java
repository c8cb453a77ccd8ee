package io.aitbc.openclaw.zk.babyjubjub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EddsaTest {
    /** Of order 8, 4 and 2, and the neutral element. */
    private static final List<EdwardsPoint> SMALL = small();

    private final EddsaKey key = new EddsaKey(new byte[32]);
    private final Fr message = Fr.valueOf(42);
    private final EddsaSignature signature = key.sign(message);

    @Test
    void signature_holds_for_its_key_and_message_only() {
        byte[] seed = new byte[32];
        seed[31] = 1;
        assertThat(signature.holds(key.publicKey(), message)).isTrue();
        assertThat(signature.holds(key.publicKey(), message.add(Fr.ONE))).isFalse();
        assertThat(signature.holds(new EddsaKey(seed).publicKey(), message)).isFalse();
        assertThat(signature).isEqualTo(key.sign(message));
    }

    /** The definition, in plain numbers: a signature is the same, byte by byte, however it is computed. */
    @Test
    void signature_is_what_the_definition_says() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 10; i++) {
            byte[] seed = new byte[32 + i];
            random.nextBytes(seed);
            Fr text = Fr.valueOf(new BigInteger(300, random));
            BigInteger scalar = hash(seed, new byte[] {1});
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            sha512.update(seed);
            BigInteger once = hash(sha512.digest(new byte[] {2}), text.bytes());
            EdwardsPoint publicKey = EdwardsPoint.BASE.times(scalar);
            EdwardsPoint r = EdwardsPoint.BASE.times(once);
            BigInteger challenge =
                    EddsaSignature.challenge(r, publicKey, text).value().shiftLeft(3);
            BigInteger s = challenge.multiply(scalar).add(once).mod(EdwardsPoint.ORDER);
            EddsaKey signer = new EddsaKey(seed);
            assertThat(signer.publicKey()).isEqualTo(publicKey);
            assertThat(signer.sign(text)).isEqualTo(new EddsaSignature(r, s));
        }
    }

    private static BigInteger hash(byte[] start, byte[] end) throws NoSuchAlgorithmException {
        MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
        sha512.update(start);
        return new BigInteger(1, sha512.digest(end)).mod(EdwardsPoint.ORDER);
    }

    @Test
    void changed_signatures_do_not_hold() {
        EdwardsPoint other = signature.r().plus(EdwardsPoint.BASE);
        EdwardsPoint offCurve =
                new EdwardsPoint(signature.r().x(), signature.r().y().add(Fr.ONE));
        for (EddsaSignature changed : List.of(
                new EddsaSignature(other, signature.s()),
                new EddsaSignature(offCurve, signature.s()),
                new EddsaSignature(signature.r(), signature.s().xor(BigInteger.ONE)),
                new EddsaSignature(signature.r(), signature.s().subtract(EdwardsPoint.ORDER)),
                new EddsaSignature(signature.r(), signature.s().add(EdwardsPoint.ORDER)))) {
            assertThat(changed.holds(key.publicKey(), message))
                    .as(changed.toString())
                    .isFalse();
        }
    }

    @Test
    void key_of_small_order_is_none_although_anybody_could_sign_with_it() {
        assertThat(SMALL).hasSize(8).doesNotHaveDuplicates();
        for (EdwardsPoint point : SMALL) {
            BigInteger once = BigInteger.valueOf(77);
            EddsaSignature forged = new EddsaSignature(EdwardsPoint.BASE.times(once), once);
            assertThat(point.isOnCurve()).isTrue();
            assertThat(forged.holds(point, message)).as(point.toString()).isFalse();
        }
    }

    @Test
    void key_off_the_curve_is_none() {
        EdwardsPoint point =
                new EdwardsPoint(key.publicKey().x(), key.publicKey().x());
        assertThat(point.isOnCurve()).isFalse();
        assertThat(signature.holds(point, message)).isFalse();
    }

    @Test
    void addition_is_a_group_law_for_all_points() {
        for (EdwardsPoint one : SMALL) {
            for (EdwardsPoint other : List.of(EdwardsPoint.BASE, EdwardsPoint.NEUTRAL, one)) {
                EdwardsPoint sum = one.plus(other);
                EdwardsPoint back = new EdwardsPoint(other.x().negate(), other.y());
                assertThat(sum.isOnCurve()).isTrue();
                assertThat(sum).isEqualTo(other.plus(one));
                assertThat(sum.plus(back)).isEqualTo(one);
            }
        }
        assertThat(EdwardsPoint.BASE.times(EdwardsPoint.ORDER)).isEqualTo(EdwardsPoint.NEUTRAL);
        assertThat(EdwardsPoint.BASE.isInSubgroup()).isTrue();
        assertThat(EdwardsPoint.BASE.plus(SMALL.getLast()).isInSubgroup()).isFalse();
    }

    @Test
    void nothing_of_a_key_is_printed_and_short_seeds_are_refused() {
        assertThat(key).hasToString("EddsaKey[secret]");
        assertThatThrownBy(() -> new EddsaKey(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    /** Multiples of a point of order 8: l times the generator of the whole group. */
    private static List<EdwardsPoint> small() {
        EdwardsPoint generator = new EdwardsPoint(
                Fr.valueOf(
                        new BigInteger("995203441582195749578291179787384436505546430278305826713579947235728471134")),
                Fr.valueOf(new BigInteger(
                        "5472060717959818805561601436314318772137091100104008585924551046643952123905")));
        EdwardsPoint point = generator.times(EdwardsPoint.ORDER);
        return java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> point.times(BigInteger.valueOf(i)))
                .toList();
    }
}
