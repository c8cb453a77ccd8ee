package io.aitbc.openclaw.zk.snarkjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.TwistPoints;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a pairing is computed. */
class ProofRejectionTest {
    private static final String GENUINE = Resources.proof("receipt_public", "proof");
    private static final String A_X = "12057206940229156966588662972006930194976845546571128157982563708878920608242";
    private static final String B_X = "11368474774067426194727929745589572163070302884793665212365037848310591048740";
    private static final String SIGNAL =
            "18821383157269793795438455681495246036402687001665670618754263018637548127333";

    private final SnarkjsReader reader = new SnarkjsReader();

    @Test
    void coordinate_that_is_not_below_the_prime_is_refused() {
        BigInteger alias = new BigInteger(A_X).add(Fp.PRIME);
        refused(GENUINE.replace(A_X, alias.toString()), "pi_a is not below the prime of its field");
        BigInteger aliasInG2 = new BigInteger(B_X).add(Fp.PRIME);
        refused(GENUINE.replace(B_X, aliasInG2.toString()), "pi_b is not below the prime of its field");
        refused(GENUINE.replace(A_X, Fp.PRIME.toString()), "pi_a is not below the prime of its field");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"0%s\"",
                "\"+%s\"",
                "\"-%s\"",
                "\" %s\"",
                "\"%s \"",
                "\"%s.0\"",
                "\"%s.\"",
                "\"0x%s\"",
                "\"%se0\"",
                "\"\"",
                "%s",
                "null",
                "true",
                "[\"%s\"]",
                "{\"value\": \"%s\"}",
                "\"١\"",
                "\"%1$s%1$s\""
            })
    void number_in_another_spelling_is_refused(String spelling) {
        String changed = GENUINE.replace("\"" + A_X + "\"", spelling.formatted(A_X));
        assertThat(changed).isNotEqualTo(GENUINE);
        refused(changed, "pi_a is not a text of decimal digits without sign or leading zero");
    }

    @Test
    void point_off_the_curve_is_refused() {
        refused(GENUINE.replace(A_X, "5"), "pi_a is not a point of the curve");
        refused(GENUINE.replace(B_X, "5"), "pi_b is not a point of the curve");
    }

    /** On the twist, but not of the prime order. Found by trying x = 1, 2, 3, ... */
    @Test
    void point_of_the_twist_outside_the_subgroup_is_refused() {
        String outside = TwistPoints.outsideSubgroup();
        String changed = GENUINE.replaceFirst("(?s)\"pi_b\": .*?\"pi_c\"", "\"pi_b\": %s, \"pi_c\"".formatted(outside));
        assertThat(changed).isNotEqualTo(GENUINE);
        refused(changed, "pi_b is a point outside the subgroup G2");
    }

    @Test
    void infinity_is_refused() {
        String g1 = "[\"0\", \"1\", \"0\"]";
        String g2 = "[[\"0\", \"0\"], [\"1\", \"0\"], [\"0\", \"0\"]]";
        refused(replaced("pi_a", "pi_b", g1), "pi_a is the point at infinity");
        refused(replaced("pi_b", "pi_c", g2), "pi_b is the point at infinity");
        refused(replaced("pi_c", "protocol", g1), "pi_c is the point at infinity");
        refused(replaced("pi_a", "pi_b", "[\"0\", \"0\", \"0\"]"), "the third coordinate of pi_a is not 1");
        refused(replaced("pi_a", "pi_b", "[\"1\", \"2\", \"2\"]"), "the third coordinate of pi_a is not 1");
        refused(replaced("pi_a", "pi_b", "[\"0\", \"0\", \"1\"]"), "pi_a is not a point of the curve");
    }

    @Test
    void list_of_another_length_is_refused() {
        refused(replaced("pi_a", "pi_b", "[\"1\", \"2\"]"), "pi_a is not a list of 3");
        refused(replaced("pi_a", "pi_b", "[\"1\", \"2\", \"1\", \"1\"]"), "pi_a is not a list of 3");
        refused(replaced("pi_b", "pi_c", "[\"1\", \"2\", \"1\"]"), "pi_b is not a list of 2");
    }

    @Test
    void other_curve_or_protocol_is_refused() {
        refused(GENUINE.replace("bn128", "bls12381"), "its curve is 'bls12381', not 'bn128'");
        refused(GENUINE.replace("groth16", "plonk"), "its protocol is 'plonk', not 'groth16'");
        refused(GENUINE.replace("\"curve\": \"bn128\"", "\"curve\": null"), "it has no text curve");
    }

    @Test
    void what_is_no_part_of_a_proof_is_refused() {
        refused(
                GENUINE.replaceFirst("\\{", "{\"vk_alpha_1\": [\"1\", \"2\", \"1\"],"),
                "the member 'vk_alpha_1' does not belong there");
        refused("[]", "the proof is not a JSON object");
        refused(GENUINE.replace("pi_c", "pi_d"), "the member 'pi_d' does not belong there");
    }

    @Test
    void name_that_stands_twice_is_refused() {
        refused(GENUINE.replaceFirst("\\{", "{\"curve\": \"bn128\","), "a name stands twice in one object");
    }

    @Test
    void bombs_are_refused_before_they_are_read() {
        String deep = "[".repeat(100_000);
        refused(GENUINE.replace("\"" + A_X + "\"", deep), "it is not JSON within the limits");
        String wide = "9".repeat(SnarkjsReader.MAX_CHARACTERS);
        refused(GENUINE.replace(A_X, wide), "it has");
        String manyDigits = GENUINE.replace(A_X, "9".repeat(500_000));
        refused(manyDigits, "pi_a is not a text of decimal digits");
    }

    @Test
    void public_signal_that_is_not_below_the_order_is_refused() {
        String alias = new BigInteger(SIGNAL).add(Fr.ORDER).toString();
        assertThatThrownBy(() -> reader.signals("[\"%s\"]".formatted(alias)))
                .hasMessage("public signals[0] is not below the prime of its field");
        assertThatThrownBy(() -> reader.signals("[\"1\", \"%s\"]".formatted(Fr.ORDER)))
                .hasMessage("public signals[1] is not below the prime of its field");
        assertThatThrownBy(() -> reader.signals("[\"-1\"]"))
                .hasMessage("public signals[0] is not a text of decimal digits without sign or leading zero");
        assertThatThrownBy(() -> reader.signals("[1]"))
                .hasMessage("public signals[0] is not a text of decimal digits without sign or leading zero");
    }

    @Test
    void more_public_signals_than_any_circuit_has_are_refused() {
        String many = "[" + String.join(",", List.of("\"1\"".repeat(1025).split("(?<=\"1\")"))) + "]";
        assertThatThrownBy(() -> reader.signals(many)).hasMessage("public signals is not a list of at most 1024");
    }

    @Test
    void key_whose_inputs_do_not_fit_its_signals_is_refused() {
        String key = Resources.key("receipt_public");
        assertThatThrownBy(() -> reader.groth16Key(key.replace("\"nPublic\": 1", "\"nPublic\": 2")))
                .hasMessage("its IC has 2 points, not one more than its 2 public signals");
        assertThatThrownBy(() -> reader.groth16Key(key.replace("\"nPublic\": 1", "\"nPublic\": 0")))
                .hasMessage("its IC has 2 points, not one more than its 0 public signals");
    }

    @Test
    void key_whose_gamma_is_its_delta_is_refused() {
        String key = Resources.key("receipt_public");
        int gamma = key.indexOf("[", key.indexOf("vk_gamma_2"));
        int delta = key.indexOf("[", key.indexOf("vk_delta_2"));
        String changed = key.substring(0, delta)
                + key.substring(gamma, key.indexOf("\"vk_delta_2\""))
                + key.substring(key.indexOf("\"vk_alphabeta_12\""));
        assertThatThrownBy(() -> reader.groth16Key(changed)).hasMessageContaining("anybody can forge proofs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vk_beta_2", "vk_gamma_2", "vk_delta_2"})
    void key_with_a_point_outside_the_subgroup_is_refused(String name) {
        String key = Resources.key("receipt_public");
        String changed = key.replaceFirst(
                "(?s)\"%s\": \\[.*?\\]\\s*\\](?=,)".formatted(name),
                "\"%s\": %s".formatted(name, TwistPoints.outsideSubgroup()));
        assertThat(changed).isNotEqualTo(key);
        assertThatThrownBy(() -> reader.groth16Key(changed))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("subgroup");
    }

    @Test
    void placeholder_key_is_refused() {
        String key = Resources.key("receipt_public").replaceFirst("\"[0-9]{70,}\"", "\"0x1234\"");
        assertThatThrownBy(() -> reader.groth16Key(key)).isInstanceOf(MalformedDocumentException.class);
    }

    private void refused(String proof, String reason) {
        assertThatThrownBy(() -> reader.groth16Proof(proof))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageStartingWith(reason);
    }

    private static String replaced(String name, String next, String value) {
        String changed = GENUINE.replaceFirst(
                "(?s)\"%s\": .*?\"%s\"".formatted(name, next), "\"%s\": %s, \"%s\"".formatted(name, value, next));
        assertThat(changed).isNotEqualTo(GENUINE);
        return changed;
    }
}
