package io.aitbc.openclaw.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aitbc.openclaw.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All implementations compute the same. */
class ArithmeticTest {
    private final Random random = new Random(3);

    private WeightRows weights(TensorType type, int rows, int columns) {
        ByteBuffer bytes = ByteBuffer.allocate(rows * columns / type.blockElements() * type.blockBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * columns; i++) {
            switch (type) {
                case F32 -> bytes.putFloat(random.nextFloat() - 0.5f);
                case F16 -> bytes.putShort(Float.floatToFloat16(random.nextFloat() - 0.5f));
                case Q8_0 -> {
                    if (i % 32 == 0) {
                        bytes.putShort(Float.floatToFloat16(random.nextFloat() / 100));
                    }
                    bytes.put((byte) (random.nextInt(255) - 127));
                }
            }
        }
        return new WeightRows(type, rows, columns, MemorySegment.ofArray(bytes.array()));
    }

    private static List<Arithmetic> all() {
        assumeTrue(ArithmeticKind.vectorAvailable(), "the Vector API");
        return List.of(ArithmeticKind.SCALAR.create(), ArithmeticKind.AUTO.create());
    }

    private float[][] vectors(int count, int length) {
        float[][] vectors = new float[count][length];
        for (float[] vector : vectors) {
            for (int i = 0; i < length; i++) {
                vector[i] = random.nextFloat() * 2 - 1;
            }
        }
        return vectors;
    }

    @Test
    void both_kinds_are_there() {
        assertThat(all()).extracting(Arithmetic::name).containsExactly("scalar", "vector");
    }

    @ParameterizedTest
    @EnumSource
    void products_agree_with_the_textbook(TensorType type) {
        for (int[] size : new int[][] {{64, 64}, {33, 96}, {5, 32}, {192, 512}}) {
            WeightRows weights = weights(type, size[0], size[1]);
            float[][] in = vectors(3, size[1]);
            for (Arithmetic arithmetic : all()) {
                for (Matrix matrix : List.of(arithmetic.pack(weights), arithmetic.mapped(weights))) {
                    float[][] out = new float[3][size[0]];
                    matrix.multiply(in, out, 3);
                    assertProduct(weights, in, out, arithmetic.name() + " " + type);
                }
            }
        }
    }

    private static void assertProduct(WeightRows weights, float[][] in, float[][] out, String what) {
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.row(r, row);
            for (int t = 0; t < in.length; t++) {
                double sum = 0;
                for (int c = 0; c < row.length; c++) {
                    sum += (double) row[c] * in[t][c];
                }
                assertThat((double) out[t][r]).as("%s, row %d", what, r).isCloseTo(sum, within(2e-4));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void result_does_not_depend_on_the_batch(TensorType type) {
        WeightRows weights = weights(type, 50, 64);
        float[][] in = vectors(5, 64);
        for (Arithmetic arithmetic : all()) {
            Matrix matrix = arithmetic.pack(weights);
            float[][] together = new float[5][50];
            matrix.multiply(in, together, 5);
            for (int t = 0; t < 5; t++) {
                float[][] alone = new float[1][50];
                matrix.multiply(new float[][] {in[t]}, alone, 1);
                assertThat(alone[0]).as(arithmetic.name()).containsExactly(together[t]);
            }
        }
    }

    @Test
    void attention_agrees_with_the_textbook() {
        int size = 32;
        for (int positions : new int[] {1, 7, 16, 65}) {
            float[][] rows = vectors(2 * size, positions + 3);
            float[] query = vectors(1, size)[0];
            float[] weights = vectors(1, positions)[0];
            for (Arithmetic arithmetic : all()) {
                float[] scores = new float[positions];
                arithmetic.scores(query, size, rows, size, scores, positions, 0.5f);
                float[] out = new float[size + 4];
                arithmetic.blend(weights, positions, rows, size, out, 4, size);
                for (int p = 0; p < positions; p++) {
                    double sum = 0;
                    for (int d = 0; d < size; d++) {
                        sum += (double) query[d] * rows[size + d][p];
                    }
                    assertThat((double) scores[p]).isCloseTo(sum / 2, within(1e-4));
                }
                for (int d = 0; d < size; d++) {
                    double sum = 0;
                    for (int p = 0; p < positions; p++) {
                        sum += (double) weights[p] * rows[size + d][p];
                    }
                    assertThat((double) out[4 + d]).isCloseTo(sum, within(1e-4));
                }
            }
        }
    }

    @Test
    void exponential_is_right_to_a_few_units_in_the_last_place() {
        for (float x = -87; x < 88; x += 0.0137f) {
            double exact = Math.exp(x);
            assertThat(FastMath.exp(x) / exact).as("exp(%s)", x).isCloseTo(1, within(4e-7));
        }
        assertThat(FastMath.exp(-200)).isZero();
        assertThat(FastMath.exp(0)).isEqualTo(1);
        assertThat(FastMath.silu(-1_000)).isCloseTo(0, within(1e-30f));
        assertThat(FastMath.silu(1_000)).isEqualTo(1_000);
        assertThat(FastMath.exp(Float.NaN)).isNaN();
    }
}
