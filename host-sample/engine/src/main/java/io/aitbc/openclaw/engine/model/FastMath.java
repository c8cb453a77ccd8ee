package io.aitbc.openclaw.engine.model;

/** Exponentials with single precision, several times faster than {@link Math#exp}. */
final class FastMath {
    private static final float LOG2_E = (float) (1 / Math.log(2));

    /** The logarithm of 2 in two parts, of which the first has few enough bits to be multiplied without an error. */
    private static final float LN2_HIGH = 355f / 512f;

    private static final float LN2_LOW = (float) (Math.log(2) - 355.0 / 512.0);

    private FastMath() {}

    /** Within 2 units in the last place for results that are normal floats; zero below. */
    static float exp(float x) {
        if (x < -87.3f) {
            return 0f;
        }
        float bounded = Math.min(x, 88.7f);
        int power = (int) (bounded * LOG2_E + (bounded < 0 ? -0.5f : 0.5f));
        float r = bounded - power * LN2_HIGH - power * LN2_LOW;
        float p = 1f / 5040;
        p = p * r + 1f / 720;
        p = p * r + 1f / 120;
        p = p * r + 1f / 24;
        p = p * r + 1f / 6;
        p = p * r + 1f / 2;
        float mantissa = p * r * r + r + 1f;
        int half = power >> 1;
        return mantissa * power(half) * power(power - half);
    }

    /** The gate of a SwiGLU. */
    static float silu(float x) {
        return x / (1f + exp(-x));
    }

    private static float power(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }
}
