package io.aitbc.openclaw.engine.model;

/** Loops that the compiler turns into vector instructions; see {@link ColumnMatrix} for why they look as they do. */
final class ScalarLoops {
    private ScalarLoops() {}

    /** Adds eight columns, from column {@code c}, times eight factors, from {@code factors[f]}. */
    static void addEight(float[] out, int count, float[][] columns, int c, float[] factors, int f) {
        addEight(
                out,
                count,
                columns[c],
                columns[c + 1],
                columns[c + 2],
                columns[c + 3],
                columns[c + 4],
                columns[c + 5],
                columns[c + 6],
                columns[c + 7],
                factors[f],
                factors[f + 1],
                factors[f + 2],
                factors[f + 3],
                factors[f + 4],
                factors[f + 5],
                factors[f + 6],
                factors[f + 7]);
    }

    private static void addEight(
            float[] out,
            int count,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            float[] c4,
            float[] c5,
            float[] c6,
            float[] c7,
            float f0,
            float f1,
            float f2,
            float f3,
            float f4,
            float f5,
            float f6,
            float f7) {
        for (int i = 0; i < count; i++) {
            out[i] += (f0 * c0[i] + f1 * c1[i] + f2 * c2[i] + f3 * c3[i])
                    + (f4 * c4[i] + f5 * c5[i] + f6 * c6[i] + f7 * c7[i]);
        }
    }

    static void addOne(float[] out, int count, float[] column, float factor) {
        for (int i = 0; i < count; i++) {
            out[i] += factor * column[i];
        }
    }

    static void scale(float[] values, int count, float factor) {
        for (int i = 0; i < count; i++) {
            values[i] *= factor;
        }
    }

    static float dot(float[] a, float[] b, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < count; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
