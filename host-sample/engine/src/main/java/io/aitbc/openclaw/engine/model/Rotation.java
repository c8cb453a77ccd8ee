package io.aitbc.openclaw.engine.model;

import java.util.Arrays;

/**
 * Rotary position embedding of neighbouring pairs, as llama GGUF files want it. Tables grow with the positions used. Not for
 * several threads.
 */
final class Rotation {
    private final int pairs;
    private final double[] frequencies;
    private float[] cosines = new float[0];
    private float[] sines = new float[0];
    private int positions;

    /** @param factors divides each frequency; empty for none */
    Rotation(LlamaShape shape, float[] factors) {
        pairs = shape.ropeSize() / 2;
        frequencies = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            double frequency = Math.pow(shape.ropeBase(), -2.0 * i / shape.ropeSize()) / shape.ropeScale();
            frequencies[i] = factors.length == 0 ? frequency : frequency / factors[i];
        }
    }

    /** Rotates each head of a vector to a position. */
    void apply(float[] vector, int heads, int headSize, int position) {
        require(position + 1);
        int table = position * pairs;
        for (int head = 0; head < heads; head++) {
            int at = head * headSize;
            for (int i = 0; i < pairs; i++, at += 2) {
                float cosine = cosines[table + i];
                float sine = sines[table + i];
                float a = vector[at];
                float b = vector[at + 1];
                vector[at] = a * cosine - b * sine;
                vector[at + 1] = a * sine + b * cosine;
            }
        }
    }

    /** Rotates cached keys, one array for each dimension of all heads, back by so many positions. */
    void back(float[][] keys, int heads, int headSize, int from, int to, int by) {
        for (int i = 0; i < pairs; i++) {
            float cosine = (float) Math.cos(by * frequencies[i]);
            float sine = (float) -Math.sin(by * frequencies[i]);
            for (int head = 0; head < heads; head++) {
                float[] first = keys[head * headSize + 2 * i];
                float[] second = keys[head * headSize + 2 * i + 1];
                for (int p = from; p < to; p++) {
                    float a = first[p];
                    float b = second[p];
                    first[p] = a * cosine - b * sine;
                    second[p] = a * sine + b * cosine;
                }
            }
        }
    }

    private void require(int count) {
        if (count <= positions) {
            return;
        }
        int grown = Math.max(count, Math.max(64, positions * 2));
        cosines = Arrays.copyOf(cosines, grown * pairs);
        sines = Arrays.copyOf(sines, grown * pairs);
        for (int p = positions; p < grown; p++) {
            for (int i = 0; i < pairs; i++) {
                cosines[p * pairs + i] = (float) Math.cos(p * frequencies[i]);
                sines[p * pairs + i] = (float) Math.sin(p * frequencies[i]);
            }
        }
        positions = grown;
    }
}
