package io.aitbc.openclaw.zk.snarkjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.plonk.PlonkVerifier;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same verdict as snarkjs on mutated proofs, over 2,000 of them; with the profile {@code soak} ten times as many. An error of snarkjs counts
 * as a refusal.
 */
class SnarkjsAgreementTest {
    private static final int GROTH16_MUTANTS = Boolean.getBoolean("openclaw.soak") ? 4_000 : 350;
    private static final int PLONK_MUTANTS = Boolean.getBoolean("openclaw.soak") ? 1_000 : 110;

    private static SnarkjsPair snarkjs;

    private final SnarkjsReader reader = new SnarkjsReader();

    @BeforeAll
    static void start() {
        snarkjs = SnarkjsPair.start();
    }

    @AfterAll
    static void stop() {
        if (snarkjs != null) {
            snarkjs.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"receipt_public", "receipt_simple", "ml_inference_verification", "ml_inference_verification_bad"
            })
    void mutated_groth16_proofs_get_the_same_verdict(String proof) throws Exception {
        String key = Resources.key(proof.replace("_bad", ""));
        Groth16Verifier verifier = new Groth16Verifier(reader.groth16Key(key));
        ProofMutations mutations = new ProofMutations(
                new Random(proof.hashCode()), Resources.proof(proof, "proof"), Resources.proof(proof, "public"));
        int accepted = agreed(
                "groth16", key, GROTH16_MUTANTS, mutations, mutations::groth16, mutant -> holds(verifier, mutant));
        assertThat(accepted).isBetween(1, GROTH16_MUTANTS - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plonk_sums",
                "plonk_silent",
                "plonk_additions",
                "plonk_many",
                "plonk_wiring",
                "plonk_chain",
            })
    void mutated_plonk_proofs_get_the_same_verdict(String proof) throws Exception {
        String key = Resources.proof(proof, "verification_key");
        PlonkVerifier verifier = new PlonkVerifier(reader.plonkKey(key));
        ProofMutations mutations = new ProofMutations(
                new Random(proof.hashCode()), Resources.proof(proof, "proof"), Resources.proof(proof, "public"));
        int accepted =
                agreed("plonk", key, PLONK_MUTANTS, mutations, mutations::plonk, mutant -> holds(verifier, mutant));
        assertThat(accepted).isBetween(1, PLONK_MUTANTS / 2);
    }

    /** The genuine proof and mutants of it; returns how many were accepted. */
    private static int agreed(
            String protocol,
            String key,
            int count,
            ProofMutations mutations,
            Supplier<ProofMutations.Mutant> next,
            Predicate<ProofMutations.Mutant> ours)
            throws Exception {
        List<ProofMutations.Mutant> mutants = Stream.concat(Stream.of(mutations.none()), Stream.generate(next))
                .limit(count)
                .toList();
        List<Future<String>> verdicts = snarkjs.verify(protocol, key, mutants);
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            boolean holds = ours.test(mutants.get(i));
            String theirs = verdicts.get(i).get();
            assertThat(theirs.equals("true"))
                    .as("snarkjs says %s of %s", theirs, mutants.get(i))
                    .isEqualTo(holds);
            accepted += holds ? 1 : 0;
        }
        return accepted;
    }

    /** Here snarkjs accepts: it takes signals that are not there for zeros. */
    @Test
    void proof_with_too_few_signals_is_refused_although_snarkjs_accepts_it() throws Exception {
        String proof = Resources.proof("ml_inference_verification_bad", "proof");
        String key = Resources.key("ml_inference_verification");
        assertThat(Resources.proof("ml_inference_verification_bad", "public")).contains("\"0\"");
        assertThat(snarkjs.verdict("groth16", key, "[]", proof)).isEqualTo("true");
        assertThat(holds(new Groth16Verifier(reader.groth16Key(key)), new ProofMutations.Mutant("few", proof, "[]")))
                .isFalse();
    }

    /** Here snarkjs may accept: it reduces coordinates, and takes numbers without quotes. We never do. */
    @Test
    void second_spellings_of_a_proof_are_refused_whatever_snarkjs_says() {
        String genuine = Resources.proof("receipt_public", "proof");
        String signals = Resources.proof("receipt_public", "public");
        String x = "12057206940229156966588662972006930194976845546571128157982563708878920608242";
        String key = Resources.key("receipt_public");
        assertThat(snarkjs.verdict("groth16", key, signals, genuine)).isEqualTo("true");
        for (String spelling :
                List.of(new BigInteger(x).add(Fp.PRIME).toString(), "0" + x, "0x" + new BigInteger(x).toString(16))) {
            String alias = genuine.replace(x, spelling);
            assertThat(snarkjs.verdict("groth16", key, signals, alias)).isNotEmpty();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> reader.groth16Proof(alias)))
                    .as(spelling)
                    .isInstanceOf(MalformedDocumentException.class);
        }
        String aliasOfSignal = new BigInteger(
                        "18821383157269793795438455681495246036402687001665670618754263018637548127333")
                .add(Fr.ORDER)
                .toString();
        assertThat(snarkjs.verdict("groth16", key, "[\"%s\"]".formatted(aliasOfSignal), genuine))
                .isEqualTo("false");
    }

    private boolean holds(Groth16Verifier verifier, ProofMutations.Mutant mutant) {
        try {
            return verifier.holds(
                    new Groth16Claim(reader.groth16Proof(mutant.proof()), reader.signals(mutant.signals())));
        } catch (MalformedDocumentException e) {
            return false;
        }
    }

    private boolean holds(PlonkVerifier verifier, ProofMutations.Mutant mutant) {
        try {
            return verifier.holds(reader.plonkProof(mutant.proof()), reader.signals(mutant.signals()));
        } catch (MalformedDocumentException e) {
            return false;
        }
    }
}
