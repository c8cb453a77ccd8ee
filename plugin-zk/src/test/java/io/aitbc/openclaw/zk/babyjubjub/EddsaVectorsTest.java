package io.aitbc.openclaw.zk.babyjubjub;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Poseidon;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Against circomlibjs 0.1.7, whose results src/test/node/eddsa-vectors.js recorded. */
class EddsaVectorsTest {
    private final String vectors = read();

    @Test
    void signatures_of_circomlibjs_hold() {
        List<MatchResult> signatures = matches("\"key\":(.*?)\"packed\":(.*?)\"r\":(.*?)\"s\":(.*?)\"message\":(.*?)}");
        assertThat(signatures).hasSize(8);
        for (MatchResult it : signatures) {
            EdwardsPoint key = point(it.group(1));
            EddsaSignature signature = new EddsaSignature(point(it.group(3)), number(it.group(4)));
            Fr message = Fr.valueOf(number(it.group(5)));
            assertThat(signature.holds(key, message)).isTrue();
            assertThat(signature.holds(key, message.add(Fr.ONE))).isFalse();
            assertThat(it.group(2)).contains(HexFormat.of().formatHex(key.packed()));
        }
    }

    /** What is signed here is what circomlibjs accepted when the vectors were made, bit by bit. */
    @Test
    void circomlibjs_accepts_our_signatures() {
        List<MatchResult> accepted = matches(
                "\"key\":([^{}]*?)\"r\":(.*?)\"s\":(.*?)\"message\":(.*?)\"accepted\": (true|false)",
                vectors.substring(vectors.indexOf("\"own\"")));
        assertThat(accepted).hasSize(OwnSignatures.all().size());
        for (int i = 0; i < accepted.size(); i++) {
            OwnSignatures.Signed own = OwnSignatures.all().get(i);
            MatchResult it = accepted.get(i);
            assertThat(point(it.group(1))).isEqualTo(own.key());
            assertThat(point(it.group(2))).isEqualTo(own.signature().r());
            assertThat(number(it.group(3))).isEqualTo(own.signature().s());
            assertThat(number(it.group(4))).isEqualTo(own.message().value());
            assertThat(it.group(5)).isEqualTo("true");
        }
    }

    @Test
    void multiples_of_points_are_those_of_circomlibjs() {
        EdwardsPoint generator = new EdwardsPoint(
                Fr.valueOf(
                        new BigInteger("995203441582195749578291179787384436505546430278305826713579947235728471134")),
                Fr.valueOf(new BigInteger(
                        "5472060717959818805561601436314318772137091100104008585924551046643952123905")));
        assertThat(generator.isInSubgroup()).isFalse();
        assertThat(generator.times(BigInteger.valueOf(8))).isEqualTo(EdwardsPoint.BASE);
        List<MatchResult> multiples = matches("\"scalar\":(.*?)\"point\":(.*?)\"doubled\":(.*?)}");
        assertThat(multiples).hasSize(6);
        for (MatchResult it : multiples) {
            assertThat(EdwardsPoint.BASE.times(number(it.group(1)))).isEqualTo(point(it.group(2)));
            assertThat(generator.times(number(it.group(1)))).isEqualTo(point(it.group(3)));
        }
    }

    @Test
    void hashes_with_and_without_a_tag_are_those_of_circomlibjs() {
        List<MatchResult> hashes = matches("\"inputs\":(.*?)\"tag\":(.*?)\"hash\":(.*?)\"plain\":(.*?)}");
        assertThat(hashes).hasSize(4);
        for (MatchResult it : hashes) {
            List<Fr> inputs = numbers(it.group(1)).stream().map(Fr::valueOf).toList();
            Poseidon poseidon = new Poseidon(inputs.size());
            assertThat(poseidon.hash(Fr.valueOf(number(it.group(2))), inputs).value())
                    .isEqualTo(number(it.group(3)));
            assertThat(poseidon.hash(inputs).value()).isEqualTo(number(it.group(4)));
        }
    }

    private List<MatchResult> matches(String pattern) {
        return matches(pattern, vectors);
    }

    private static List<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results().toList();
    }

    private static EdwardsPoint point(String text) {
        List<BigInteger> numbers = numbers(text);
        return new EdwardsPoint(Fr.valueOf(numbers.get(0)), Fr.valueOf(numbers.get(1)));
    }

    private static BigInteger number(String text) {
        return numbers(text).getFirst();
    }

    private static List<BigInteger> numbers(String text) {
        return Arrays.stream(text.split("[^0-9]+"))
                .filter(digits -> !digits.isEmpty())
                .map(BigInteger::new)
                .toList();
    }

    private static String read() {
        try (InputStream in = EddsaVectorsTest.class.getResourceAsStream("eddsa-vectors.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
