package io.aitbc.openclaw.zk.groth16;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.Point;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Groth16Test {
    private final TestingSetup setup = new TestingSetup(3, 21);
    private final Groth16Verifier verifier = new Groth16Verifier(setup.key());
    private final Groth16Batch batch = new Groth16Batch(verifier, new SecureRandom());

    @Test
    void proof_holds_for_its_signals_only() {
        Groth16Claim claim = claim(1);
        assertThat(verifier.holds(claim)).isTrue();
        for (int i = 0; i < 3; i++) {
            List<Fr> signals = new ArrayList<>(claim.signals());
            signals.set(i, signals.get(i).add(Fr.ONE));
            assertThat(verifier.holds(new Groth16Claim(claim.proof(), signals))).isFalse();
        }
        assertThat(verifier.holds(
                        new Groth16Claim(claim.proof(), claim.signals().subList(0, 2))))
                .isFalse();
        List<Fr> more = new ArrayList<>(claim.signals());
        more.add(Fr.ZERO);
        assertThat(verifier.holds(new Groth16Claim(claim.proof(), more))).isFalse();
    }

    @Test
    void every_point_of_a_proof_counts() {
        Groth16Proof proof = claim(2).proof();
        List<Fr> signals = claim(2).signals();
        Point<Fp> otherA = G1.add(proof.a(), G1.GENERATOR);
        Point<Fp2> otherB = G2.add(proof.b(), G2.GENERATOR);
        Point<Fp> otherC = G1.add(proof.c(), G1.GENERATOR);
        for (Groth16Proof forged : List.of(
                new Groth16Proof(otherA, proof.b(), proof.c()),
                new Groth16Proof(proof.a(), otherB, proof.c()),
                new Groth16Proof(proof.a(), proof.b(), otherC),
                new Groth16Proof(proof.a().negate(), proof.b(), proof.c()),
                new Groth16Proof(proof.c(), proof.b(), proof.a()))) {
            assertThat(verifier.holds(new Groth16Claim(forged, signals))).isFalse();
        }
    }

    /** Why proofs must never be taken for names of statements: from one of them, anybody makes another one. */
    @Test
    void another_proof_of_the_same_statement_can_be_made_from_a_proof() {
        Groth16Claim claim = claim(3);
        Fr factor = setup.scalar();
        Groth16Proof other = new Groth16Proof(
                G1.multiply(claim.proof().a(), factor.value()),
                G2.multiply(claim.proof().b(), factor.inverse().value()),
                claim.proof().c());
        assertThat(other).isNotEqualTo(claim.proof());
        assertThat(verifier.holds(new Groth16Claim(other, claim.signals()))).isTrue();
    }

    @Test
    void batch_of_genuine_proofs_holds() {
        for (int size : new int[] {0, 1, 2, 5, 16}) {
            List<Groth16Claim> claims =
                    IntStream.range(0, size).mapToObj(this::claim).toList();
            assertThat(batch.holding(claims).cardinality()).isEqualTo(size);
        }
    }

    @Test
    void batch_of_64_different_proofs_holds_and_one_of_another_statement_is_found() {
        List<Groth16Claim> claims =
                new ArrayList<>(IntStream.range(0, 64).mapToObj(this::claim).toList());
        assertThat(claims.stream().map(claim -> claim.proof().a()).distinct()).hasSize(64);
        assertThat(batch.holding(claims).cardinality()).isEqualTo(64);
        claims.set(41, new Groth16Claim(claims.get(41).proof(), claims.get(42).signals()));
        assertThat(batch.holding(claims).cardinality()).isEqualTo(63);
        assertThat(batch.holding(claims).nextClearBit(0)).isEqualTo(41);
    }

    @Test
    void batch_finds_exactly_the_proofs_that_do_not_hold() {
        List<Groth16Claim> claims = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            claims.add(claim(i));
        }
        claims.set(3, new Groth16Claim(claims.get(3).proof(), claims.get(4).signals()));
        claims.set(7, new Groth16Claim(claims.get(7).proof(), List.of()));
        claims.set(12, new Groth16Claim(claims.get(11).proof(), claims.get(12).signals()));
        assertThat(batch.holding(claims).stream()).containsExactly(0, 1, 2, 4, 5, 6, 8, 9, 10, 11);
    }

    /** Without random exponents the errors of these two would cancel out. */
    @Test
    void batch_is_not_fooled_by_errors_that_cancel_out() {
        Groth16Claim first = claim(5);
        Groth16Claim second = claim(6);
        Point<Fp> error = G1.GENERATOR;
        Groth16Claim tampered = withC(first, G1.add(first.proof().c(), error));
        Groth16Claim opposite = withC(second, G1.add(second.proof().c(), error.negate()));
        assertThat(verifier.holdTogether(List.of(tampered, opposite), List.of(BigInteger.ONE, BigInteger.ONE)))
                .isTrue();
        assertThat(batch.holding(List.of(tampered, opposite)).cardinality()).isZero();
    }

    @Test
    void batch_takes_its_exponents_after_it_copied_the_proofs() {
        List<Groth16Claim> claims = new ArrayList<>(List.of(claim(8), claim(9)));
        Groth16Claim wrong = new Groth16Claim(claim(8).proof(), claim(9).signals());
        SecureRandom swapping = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                claims.set(0, wrong);
                super.nextBytes(bytes);
            }
        };
        assertThat(new Groth16Batch(verifier, swapping).holding(claims).cardinality())
                .isEqualTo(2);
        assertThat(batch.holding(claims).stream()).containsExactly(1);
    }

    @Test
    void key_that_nobody_contributed_to_is_refused() {
        Groth16Key key = setup.key();
        assertThatThrownBy(() -> new Groth16Key(key.alpha(), key.beta(), key.gamma(), key.gamma(), key.inputs()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("anybody can forge proofs");
    }

    @Test
    void key_with_an_input_at_infinity_is_refused() {
        Groth16Key key = setup.key();
        List<Point<Fp>> inputs = List.of(key.inputs().getFirst(), Point.infinity(Fp.ZERO));
        assertThatThrownBy(() -> new Groth16Key(key.alpha(), key.beta(), key.gamma(), key.delta(), inputs))
                .hasMessage("IC[1] is the point at infinity");
        assertThatThrownBy(() -> new Groth16Key(key.alpha(), key.beta(), key.gamma(), key.delta(), List.of()))
                .hasMessage("IC is empty");
    }

    private Groth16Claim withC(Groth16Claim claim, Point<Fp> c) {
        return new Groth16Claim(
                new Groth16Proof(claim.proof().a(), claim.proof().b(), c), claim.signals());
    }

    private Groth16Claim claim(int number) {
        return setup.forge(List.of(Fr.valueOf(number), Fr.valueOf(7), Fr.ZERO));
    }
}
