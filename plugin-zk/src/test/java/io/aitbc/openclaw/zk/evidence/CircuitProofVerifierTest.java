package io.aitbc.openclaw.zk.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Statement;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.contract.ProofVerifierContract;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.circuits.AitbcCircuit;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.groth16.TestingSetup;
import io.aitbc.openclaw.zk.snarkjs.ProofTexts;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsReader;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitProofVerifierTest extends ProofVerifierContract {
    private static final String KEY = AitbcCircuit.RECEIPT_PUBLIC.keySha256();

    private final ProofVerifier verifier = createVerifier();

    @Override
    protected ProofVerifier createVerifier() {
        return new CircuitProofVerifier(new Circuits(PluginConfig.empty("plugins.zk")), new SecureRandom());
    }

    @Override
    protected Evidence genuine() {
        return groth16("receipt_public", "receipt_public", KEY);
    }

    @Test
    void proof_under_a_pinned_key_proves_its_statement_and_says_what_it_does_not_prove() {
        Verdict verdict = verifier.verify(genuine());
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
        assertThat(verdict.keyId()).contains(KEY);
        assertThat(verdict.reason())
                .isEqualTo(
                        "the proof holds: somebody knew four numbers with the Poseidon hash in signal 0; signal 0 (Poseidon "
                                + "hash of four numbers that were derived from a receipt) is "
                                + "18821383157269793795438455681495246036402687001665670618754263018637548127333");
        assertThat(verdict.statement())
                .contains(new Statement(
                        "receipt_public",
                        List.of("18821383157269793795438455681495246036402687001665670618754263018637548127333")));
        assertThat(verdict.notProven())
                .contains(
                        "that the named model, or any model, computed an answer",
                        "that the prover knew anything: the key comes from a development setup, and whoever made it can "
                                + "forge proofs");
    }

    @Test
    void hash_of_a_key_may_be_written_in_capitals() {
        Evidence evidence = groth16("receipt_public", "receipt_public", KEY.toUpperCase(java.util.Locale.ROOT));
        assertThat(verifier.verify(evidence).assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
    }

    @Test
    void proof_without_public_signals_is_tied_to_nothing() {
        Verdict verdict =
                verifier.verify(groth16("receipt_simple", "receipt_simple", AitbcCircuit.RECEIPT_SIMPLE.keySha256()));
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(verdict.reason()).endsWith("it is tied to nothing");
        assertThat(verdict.notProven())
                .contains("anything about a receipt: the circuit has no public signal, so one proof fits all receipts");
    }

    /** The proof holds, and a coordinator of AITBC calls its computation correct. It states the opposite. */
    @Test
    void valid_proof_of_a_wrong_inference_is_refused() {
        Verdict verdict = verifier.verify(groth16(
                "ml_inference_verification_bad",
                "ml_inference_verification",
                AitbcCircuit.ML_INFERENCE_VERIFICATION.keySha256()));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(verdict.reason())
                .isEqualTo(
                        "the proof holds, and states a failure: signal 0 is 0, not 1: the result does not agree with "
                                + "what was expected: x*w + b is not e");
    }

    @Test
    void valid_proof_of_an_inference_proves_no_inference() {
        Verdict verdict = verifier.verify(groth16(
                "ml_inference_verification",
                "ml_inference_verification",
                AitbcCircuit.ML_INFERENCE_VERIFICATION.keySha256()));
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(verdict.notProven())
                .contains("anything about a model or an answer: all numbers are secret, zeros would do");
    }

    @Test
    void key_of_the_verifier_contract_on_the_chain_is_refused() {
        Verdict verdict = verifier.verify(groth16("receipt_public", "test_final_v2", KEY));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).contains("anybody can prove any hash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-circuit", "RECEIPT_PUBLIC", "receipt_public ", "../keys/receipt_public"})
    void unknown_circuit_is_refused(String name) {
        Verdict verdict = verifier.verify(groth16("receipt_public", name, KEY));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason())
                .isEqualTo(
                        "not a proof that can be checked: its circuit is not known: pin its key under plugins.zk.circuits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verification_key", "vkey", "vk"})
    void key_that_comes_with_the_proof_is_refused(String member) {
        String json = genuine().json().replaceFirst("\\{", "{\"%s\": {},".formatted(member));
        Verdict verdict = verifier.verify(new Evidence(Evidence.GROTH16, json, Set.of(KEY)));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reason()).contains("the member '%s' does not belong there".formatted(member));
    }

    @Test
    void proof_of_another_statement_than_the_expected_one_is_refused() {
        Statement proven = verifier.verify(genuine()).statement().orElseThrow();
        for (Statement other : List.of(
                new Statement("receipt_simple", proven.publicSignals()),
                new Statement("receipt_public", List.of("1")))) {
            Verdict verdict =
                    verifier.verify(new Evidence(Evidence.GROTH16, genuine().json(), Set.of(KEY), Optional.of(other)));
            assertThat(verdict.valid()).isFalse();
            assertThat(verdict.reason()).isEqualTo("the proof is for another statement than the expected one");
        }
        assertThat(verifier.verify(new Evidence(Evidence.GROTH16, genuine().json(), Set.of(KEY), Optional.of(proven)))
                        .assurance())
                .isEqualTo(AssuranceLevel.ZK_STATEMENT);
    }

    @Test
    void proof_for_other_signals_does_not_hold() {
        assertThat(verifier.verify(signals("[\"1\"]")).reason())
                .isEqualTo("the proof does not hold for its public signals and the key of circuit receipt_public");
        assertThat(verifier.verify(signals("[]")).reason())
                .isEqualTo("circuit receipt_public has 1 public signals, not 0");
        assertThat(verifier.verify(signals("[\"1\", \"1\"]")).reason())
                .isEqualTo("circuit receipt_public has 1 public signals, not 2");
    }

    /** Anybody can make a circuit of their own, with as many public signals, and genuine proofs of it. */
    @Test
    void genuine_proof_of_another_circuit_does_not_pass_under_the_name_of_a_known_one() {
        TestingSetup toy = new TestingSetup(1, 5);
        List<Fr> signals = List.of(Fr.valueOf(1));
        Groth16Claim genuine = toy.forge(signals);
        assertThat(new Groth16Verifier(toy.key()).holds(genuine)).isTrue();
        String json = ProofTexts.evidence("receipt_public", ProofTexts.groth16(genuine.proof()), "[\"1\"]");
        Verdict verdict = verifier.verify(new Evidence(Evidence.GROTH16, json, Set.of(KEY)));
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(verdict.reason())
                .isEqualTo("the proof does not hold for its public signals and the key of circuit receipt_public");
    }

    @Test
    void proof_of_another_system_is_refused() {
        Verdict verdict = verifier.verify(new Evidence(Evidence.PLONK, genuine().json(), Set.of(KEY)));
        assertThat(verdict.reason())
                .isEqualTo("not a proof that can be checked: the key of circuit receipt_public is one for groth16");
    }

    /** Proofs are malleable, statements are not. */
    @Test
    void another_proof_of_the_same_statement_has_the_same_replay_key() throws Exception {
        Groth16Proof proof = new SnarkjsReader().groth16Proof(Resources.proof("receipt_public", "proof"));
        Fr factor = Fr.valueOf(new BigInteger(250, new Random(4)));
        Point<Fp> a = G1.multiply(proof.a(), factor.value());
        Point<Fp2> b = G2.multiply(proof.b(), factor.inverse().value());
        String other = ProofTexts.groth16(new Groth16Proof(a, b, proof.c()));
        String json = ProofTexts.evidence("receipt_public", other, Resources.proof("receipt_public", "public"));
        assertThat(json).isNotEqualTo(genuine().json());
        Verdict verdict = verifier.verify(new Evidence(Evidence.GROTH16, json, Set.of(KEY)));
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
        Statement first = verifier.verify(genuine()).statement().orElseThrow();
        assertThat(verdict.statement().orElseThrow().replayKey()).isEqualTo(first.replayKey());
    }

    @Test
    void proofs_of_several_circuits_are_checked_together() {
        Evidence wrong = signals("[\"1\"]");
        Evidence simple = groth16("receipt_simple", "receipt_simple", AitbcCircuit.RECEIPT_SIMPLE.keySha256());
        Evidence plonk = new Evidence(Evidence.PLONK, genuine().json(), Set.of(KEY));
        List<Evidence> many = List.of(genuine(), simple, wrong, genuine(), plonk, simple, signals("[]"));
        List<Verdict> verdicts = verifier.verifyAll(many);
        assertThat(verdicts)
                .containsExactlyElementsOf(many.stream().map(verifier::verify).toList());
        assertThat(verdicts).extracting(Verdict::valid).containsExactly(true, true, false, true, false, true, false);
    }

    /** What benchmarks measure a batch with. */
    @Test
    void different_proofs_of_one_statement_hold_together() {
        String signals = Resources.proof("receipt_public", "public");
        List<Evidence> many = Resources.lines("proofs/receipt_public/others.jsonl").stream()
                .map(proof -> new Evidence(
                        Evidence.GROTH16, ProofTexts.evidence("receipt_public", proof, signals), Set.of(KEY)))
                .toList();
        assertThat(many).hasSize(64).doesNotHaveDuplicates();
        assertThat(verifier.verifyAll(many)).allMatch(Verdict::valid);
    }

    @Test
    void random_damage_never_throws_and_never_holds() {
        Random random = new Random(6);
        String whole = genuine().json();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int damage = 1 + random.nextInt(4); damage > 0; damage--) {
                damaged.setCharAt(random.nextInt(whole.length()), (char) random.nextInt(i % 2 == 0 ? 128 : 0x3000));
            }
            Verdict verdict = verifier.verify(new Evidence(Evidence.GROTH16, damaged.toString(), Set.of(KEY)));
            assertThat(verdict.reason()).isNotBlank().doesNotContain("\n");
            assertThat(verdict.valid()
                            && !damaged.toString().replaceAll("\\s", "").equals(whole.replaceAll("\\s", "")))
                    .as(damaged.toString())
                    .isFalse();
        }
    }

    private Evidence signals(String signals) {
        return new Evidence(
                Evidence.GROTH16,
                ProofTexts.evidence("receipt_public", Resources.proof("receipt_public", "proof"), signals),
                Set.of(KEY));
    }

    private static Evidence groth16(String proof, String circuit, String key) {
        String json = ProofTexts.evidence(circuit, Resources.proof(proof, "proof"), Resources.proof(proof, "public"));
        return new Evidence(Evidence.GROTH16, json, Set.of(key));
    }
}
