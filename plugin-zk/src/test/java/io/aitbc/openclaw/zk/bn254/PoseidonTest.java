package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** The definition, round by round with the whole matrix. */
    private static Fr plain(int inputs, int partialRounds, Fr tag, List<Fr> numbers) {
        int width = inputs + 1;
        PoseidonConstants generator = new PoseidonConstants(width, 8, partialRounds);
        Fr[] constants = generator.roundConstants((8 + partialRounds) * width);
        Fr[][] matrix = generator.matrix(width);
        List<Fr> state = new ArrayList<>(List.of(tag));
        state.addAll(numbers);
        for (int round = 0; round < 8 + partialRounds; round++) {
            for (int i = 0; i < width; i++) {
                Fr sum = state.get(i).add(constants[round * width + i]);
                boolean boxed = i == 0 || round < 4 || round >= 4 + partialRounds;
                state.set(i, boxed ? sum.power(BigInteger.valueOf(5)) : sum);
            }
            List<Fr> before = List.copyOf(state);
            for (int row = 0; row < width; row++) {
                Fr sum = Fr.ZERO;
                for (int column = 0; column < width; column++) {
                    sum = sum.add(matrix[row][column].multiply(before.get(column)));
                }
                state.set(row, sum);
            }
        }
        return state.getFirst();
    }

    @ParameterizedTest
    @CsvSource({"1, 56", "2, 57", "3, 56", "4, 60", "5, 60", "6, 63", "9, 60", "16, 68"})
    void hashes_are_those_of_the_definition(int inputs, int partialRounds) {
        Random random = new Random(inputs);
        Poseidon poseidon = new Poseidon(inputs);
        for (int i = 0; i < 5; i++) {
            Fr tag = i == 0 ? Fr.ZERO : Fr.valueOf(new BigInteger(256, random));
            int kind = i;
            List<Fr> numbers = Stream.generate(() -> kind == 1 ? Fr.ZERO : Fr.valueOf(new BigInteger(256, random)))
                    .limit(inputs)
                    .toList();
            assertThat(poseidon.hash(tag, numbers)).isEqualTo(plain(inputs, partialRounds, tag, numbers));
        }
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
