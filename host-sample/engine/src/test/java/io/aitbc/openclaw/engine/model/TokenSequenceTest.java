package io.aitbc.openclaw.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aitbc.openclaw.engine.gguf.GgufFile;
import io.aitbc.openclaw.engine.gguf.TestModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSequenceTest {
    private static final long PLENTY = 1L << 30;
    private static final int[] TOKENS =
            IntStream.range(0, 150).map(i -> (i * 131 + 7) % 2040).toArray();

    private static LlamaModel scalar;
    private static LlamaModel other;
    private static LlamaModel mapped;

    @BeforeAll
    static void load(@TempDir Path directory) throws IOException {
        Path file = TestModels.write(TestModels.WREN, directory.resolve("wren.gguf"));
        scalar = LlamaModel.load(GgufFile.open(file), ArithmeticKind.SCALAR, PLENTY);
        other = LlamaModel.load(GgufFile.open(file), ArithmeticKind.AUTO, PLENTY);
        mapped = LlamaModel.load(GgufFile.open(file), ArithmeticKind.SCALAR, 0);
    }

    @AfterAll
    static void close() {
        scalar.close();
        other.close();
        mapped.close();
    }

    private static float[] evaluate(LlamaModel model, int context, int[] tokens) {
        return model.sequence(context)
                .evaluate(tokens, 0, tokens.length, () -> false)
                .clone();
    }

    @Test
    void one_token_at_a_time_gives_what_all_at_once_gives() {
        for (LlamaModel model : new LlamaModel[] {scalar, other}) {
            TokenSequence sequence = model.sequence(512);
            float[] last = new float[0];
            for (int i = 0; i < TOKENS.length; i++) {
                last = sequence.evaluate(TOKENS, i, i + 1, () -> false);
            }
            assertThat(last).as(model.arithmetic()).containsExactly(evaluate(model, 512, TOKENS));
        }
    }

    @Test
    void weights_from_the_mapped_file_give_the_same() {
        int[] few = Arrays.copyOf(TOKENS, 12);

        assertThat(evaluate(mapped, 64, few)).containsExactly(evaluate(scalar, 64, few), within(2e-3f));
        assertThat(evaluate(other, 64, few)).containsExactly(evaluate(scalar, 64, few), within(2e-3f));
        assertThat(mapped.weightBytes()).isLessThan(scalar.weightBytes() / 3);
    }

    @Test
    void truncated_sequence_goes_on_as_if_the_rest_never_was() {
        TokenSequence sequence = scalar.sequence(512);
        sequence.evaluate(TOKENS, 0, 100, () -> false);
        sequence.truncate(40);

        float[] again = sequence.evaluate(TOKENS, 40, 60, () -> false);

        assertThat(again).containsExactly(evaluate(scalar, 512, Arrays.copyOf(TOKENS, 60)));
    }

    @Test
    void removing_tokens_of_the_first_layer_equals_never_having_had_them() {
        // Deeper layers remember what was removed, so only positions can be compared: rotated back, keys must fit
        // again.
        Rotation rotation = new Rotation(scalar.shape(), new float[0]);
        int size = scalar.shape().headSize();
        float[] direct = new float[size];
        for (int d = 0; d < size; d++) {
            direct[d] = (float) Math.sin(d + 1);
        }
        float[] far = direct.clone();
        rotation.apply(direct, 1, size, 12);
        rotation.apply(far, 1, size, 112);
        float[][] cached = new float[size][8];
        for (int d = 0; d < size; d++) {
            cached[d][3] = far[d];
        }

        rotation.back(cached, 1, size, 3, 4, 100);

        for (int d = 0; d < size; d++) {
            assertThat(cached[d][3]).isCloseTo(direct[d], within(1e-4f));
            assertThat(cached[d][2]).isZero();
        }
    }

    @Test
    void removed_tokens_make_room() {
        TokenSequence sequence = scalar.sequence(100);
        sequence.evaluate(TOKENS, 0, 100, () -> false);
        assertThatThrownBy(() -> sequence.evaluate(TOKENS, 100, 101, () -> false))
                .isInstanceOf(IllegalStateException.class);

        sequence.remove(4, 52);

        assertThat(sequence.length()).isEqualTo(52);
        float[] logits = sequence.evaluate(TOKENS, 100, 148, () -> false);
        assertThat(sequence.length()).isEqualTo(100);
        for (float logit : logits) {
            assertThat(logit).isFinite();
        }
    }

    @Test
    void canceling_stops_between_layers() {
        AtomicInteger asked = new AtomicInteger();
        TokenSequence sequence = scalar.sequence(512);

        assertThatThrownBy(() -> sequence.evaluate(TOKENS, 0, 150, () -> asked.incrementAndGet() > 3))
                .isInstanceOf(CancellationException.class);

        assertThat(asked).hasValue(4);
        assertThat(sequence.length()).isZero();
    }
}
