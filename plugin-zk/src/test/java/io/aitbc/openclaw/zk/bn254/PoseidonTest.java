package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PoseidonTest {
    /** Hashes that the AITBC coordinator's circomlibjs made. */
    @Test
    void hashes_of_four_numbers_are_those_of_the_coordinator() throws IOException {
        Poseidon poseidon = new Poseidon(4);
        List<BigInteger> numbers = numbers("poseidon4_vectors.json");
        assertThat(numbers).hasSize(15);
        for (int i = 0; i < numbers.size(); i += 5) {
            List<Fr> inputs =
                    numbers.subList(i, i + 4).stream().map(Fr::valueOf).toList();
            assertThat(poseidon.hash(inputs).value()).isEqualTo(numbers.get(i + 4));
        }
    }

    /** Published with circomlib. */
    @Test
    void hashes_of_one_and_two_numbers_are_those_of_circomlib() {
        assertThat(new Poseidon(1).hash(List.of(Fr.ONE)))
                .hasToString("18586133768512220936620570745912940619677854269274689475585506675881198879027");
        assertThat(new Poseidon(2).hash(List.of(Fr.ONE, Fr.valueOf(2))))
                .hasToString("7853200120776062878684798364095072458815029376092732009249414926327459813530");
    }

    @Test
    void another_number_of_inputs_is_refused() {
        assertThatThrownBy(() -> new Poseidon(2).hash(List.of(Fr.ONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hashes 2 numbers, not 1");
    }

    private static List<BigInteger> numbers(String resource) throws IOException {
        try (InputStream input = PoseidonTest.class.getResourceAsStream(resource)) {
            String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            List<BigInteger> numbers = new ArrayList<>();
            Stream<String> digits =
                    Pattern.compile("\"([0-9]+)\"").matcher(text).results().map(result -> result.group(1));
            digits.map(BigInteger::new).forEach(numbers::add);
            return numbers;
        }
    }
}
