package io.aitbc.openclaw.zk.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WitnessFileTest {
    private static final int SIGNALS = 12 + 12 + 40 + 12;

    private final BigInteger secret = new BigInteger("424242424242424242");
    private final TestingCircuit circuit = TestingCircuit.squarings(9, secret);
    private final byte[] file = WitnessFile.write(circuit.witness());

    @Test
    void what_is_written_is_read_again() throws Exception {
        try (Witness witness = WitnessFile.read(file)) {
            assertThat(witness.size()).isEqualTo(circuit.signals().size());
            assertThat(witness.publicSignals(1)).isEqualTo(TestingKeys.publicSignals(circuit));
            assertThat(witness.publicSignals(witness.size() - 1))
                    .extracting(Fr::value)
                    .isEqualTo(circuit.signals().subList(1, circuit.signals().size()));
            assertThat(WitnessFile.write(witness)).isEqualTo(file);
        }
    }

    @Test
    void witness_has_no_text_and_is_overwritten() throws Exception {
        Witness witness = WitnessFile.read(file);
        assertThat(witness.toString()).doesNotContain("42424242");
        witness.close();
        assertThat(witness.publicSignals(witness.size() - 1)).containsOnly(Fr.ZERO);
    }

    @Test
    void file_that_is_cut_anywhere_is_refused() {
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> WitnessFile.read(cut))
                    .as("cut at %d", length)
                    .isInstanceOf(MalformedFileException.class);
        }
    }

    @Test
    void no_change_makes_it_throw_anything_else_or_quote_a_signal() {
        Random random = new Random(4);
        for (int i = 0; i < 3000; i++) {
            byte[] mutant = file.clone();
            int at = random.nextInt(random.nextBoolean() ? SIGNALS : mutant.length);
            mutant[at] = (byte) random.nextInt(256);
            Throwable thrown = catchThrowable(() -> WitnessFile.read(mutant));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(MalformedFileException.class).hasMessageNotContaining("42424242");
            }
        }
    }

    @Test
    void numbers_that_are_too_large_and_a_first_signal_other_than_one_are_refused() {
        byte[] large = file.clone();
        Arrays.fill(large, SIGNALS + 64, SIGNALS + 96, (byte) -1);
        assertThatThrownBy(() -> WitnessFile.read(large)).hasMessage("number 2 is not below the order of the groups");
        byte[] two = file.clone();
        two[SIGNALS] = 2;
        assertThatThrownBy(() -> WitnessFile.read(two)).hasMessage("its first signal is not 1");
    }
}
