package io.aitbc.openclaw.zk.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Proving keys that are cut, changed or made up. */
class ProvingKeyFileTest {
    private static final int FIRST_SECTION = 12 + 12;
    private static final int HEADER = FIRST_SECTION + 4 + 12;

    private final byte[] file = new TestingKeys(TestingCircuit.squarings(6, BigInteger.TEN), 1).provingKey();

    @Test
    void key_says_what_the_circuit_has() throws Exception {
        ProvingKey key = ProvingKeyFile.read(file);
        assertThat(key.signals()).isEqualTo(8);
        assertThat(key.publicSignals()).isEqualTo(1);
        assertThat(key.power()).isEqualTo(3);
    }

    @Test
    void file_that_is_cut_anywhere_is_refused() {
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> ProvingKeyFile.read(cut))
                    .as("cut at %d", length)
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageNotContaining("\n");
        }
    }

    /** A changed byte of a point or a coefficient gives another key or a refusal, never anything else. */
    @Test
    void no_change_makes_it_throw_anything_else() {
        Random random = new Random(2);
        for (int i = 0; i < 3000; i++) {
            byte[] mutant = file.clone();
            int changes = 1 + random.nextInt(3);
            for (int j = 0; j < changes; j++) {
                // The first bytes, with all counts and lengths, as often as the rest.
                int at = random.nextInt(random.nextBoolean() ? HEADER + 100 : mutant.length);
                mutant[at] = (byte) (random.nextInt(4) == 0 ? -1 : random.nextInt(256));
            }
            Throwable thrown = catchThrowable(() -> ProvingKeyFile.read(mutant));
            if (thrown != null) {
                assertThat(thrown).as("mutant %d", i).isInstanceOf(MalformedFileException.class);
            }
        }
    }

    @Test
    void changed_points_are_noticed() {
        for (int at = file.length - 68 - 12 - 64; at > file.length - 68 - 12 - 8 * 64; at -= 64) {
            byte[] mutant = file.clone();
            mutant[at] ^= 1;
            assertThatThrownBy(() -> ProvingKeyFile.read(mutant))
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageMatching("in H, point [0-9] .*");
        }
    }

    @Test
    void claims_that_cannot_be_are_refused_before_memory_is_taken() {
        int signals = HEADER + 2 * 36;
        assertRefused(changed(0, 'x'), "it is no .zkey file");
        assertRefused(changed(4, 2), "its version is 2, not 1");
        assertRefused(changed(8, 65), "it has more than 64 sections");
        assertRefused(changed(8, -1), "it has more than 64 sections");
        assertRefused(changed(8, 11), "it is cut: 10 of its 11 sections are there");
        assertRefused(changed(8, 9), "there is something after its last section");
        assertRefused(changed(FIRST_SECTION, 2), "it is for another proof system than Groth16");
        assertRefused(changed(HEADER, 48), "its base field is not that of bn128");
        assertRefused(changed(HEADER + 4, 0), "its base field is not that of bn128");
        assertRefused(changed(HEADER + 36 + 4, 0), "its prime is not that of bn128");
        assertRefused(changed(signals, Integer.MAX_VALUE), "its section 5 has 512 bytes, not 137438953408");
        assertRefused(changed(signals, -5), "its number of signals is missing, or too large");
        assertRefused(changed(signals + 4, 8), "it has 8 public signals of 8");
        assertRefused(changed(signals + 8, 12), "its number of rows, 12, is no power of two below 2^28");
        assertRefused(changed(signals + 8, 1 << 28), "is no power of two below 2^28");
        assertRefused(changed(signals + 8, 1 << 27), "its section 9 has 512 bytes, not 8589934592");
    }

    private byte[] changed(int at, int number) {
        byte[] mutant = file.clone();
        ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
        return mutant;
    }

    private static void assertRefused(byte[] file, String reason) {
        assertThatThrownBy(() -> ProvingKeyFile.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void made_up_bytes_are_refused() {
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            byte[] noise = new byte[random.nextInt(500)];
            random.nextBytes(noise);
            if (noise.length > 12 && random.nextBoolean()) {
                System.arraycopy(file, 0, noise, 0, 12);
            }
            assertThatThrownBy(() -> ProvingKeyFile.read(noise)).isInstanceOf(MalformedFileException.class);
        }
    }
}
