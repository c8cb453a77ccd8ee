package io.aitbc.openclaw.zk;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Round constants and matrix of Poseidon over the scalar field of BN254, made as its authors make them: from the Grain
 * generator seeded with the parameters (Grassi et al., "Poseidon", appendices E and F). The numbers are those of circomlib.
 *
 * @param width elements of the state
 * @param constants one for each element and round
 * @param matrix rows of the mixing layer
 */
record PoseidonParameters(
        int width, int fullRounds, int partialRounds, List<BigInteger> constants, List<List<BigInteger>> matrix) {
    /** Order of the curve BN254. */
    static final BigInteger FIELD =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    private static final int FIELD_BITS = 254;

    static PoseidonParameters of(int width, int fullRounds, int partialRounds) {
        Grain grain = new Grain(width, fullRounds, partialRounds);
        List<BigInteger> constants = new ArrayList<>();
        while (constants.size() < width * (fullRounds + partialRounds)) {
            BigInteger candidate = grain.number(FIELD_BITS);
            if (candidate.compareTo(FIELD) < 0) {
                constants.add(candidate);
            }
        }
        return new PoseidonParameters(
                width, fullRounds, partialRounds, List.copyOf(constants), cauchyMatrix(width, grain));
    }

    private static List<List<BigInteger>> cauchyMatrix(int width, Grain grain) {
        List<BigInteger> points = points(2 * width, grain);
        while (new HashSet<>(points).size() < points.size()) {
            points = points(2 * width, grain);
        }
        List<List<BigInteger>> rows = new ArrayList<>();
        for (BigInteger x : points.subList(0, width)) {
            rows.add(points.subList(width, 2 * width).stream()
                    .map(y -> x.add(y).modInverse(FIELD))
                    .toList());
        }
        return List.copyOf(rows);
    }

    private static List<BigInteger> points(int count, Grain grain) {
        List<BigInteger> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(grain.number(FIELD_BITS).mod(FIELD));
        }
        return points;
    }

    /** The Grain register of 80 bits, self-shrinking. */
    private static final class Grain {
        private static final int SIZE = 80;
        private static final int[] TAPS = {62, 51, 38, 23, 13, 0};

        private final boolean[] register = new boolean[SIZE];
        private int oldest;

        Grain(int width, int fullRounds, int partialRounds) {
            String seed = bits(1, 2) // a prime field
                    + bits(0, 4) // the S-box x^5
                    + bits(FIELD_BITS, 12)
                    + bits(width, 12)
                    + bits(fullRounds, 10)
                    + bits(partialRounds, 10)
                    + "1".repeat(30);
            for (int i = 0; i < SIZE; i++) {
                register[i] = seed.charAt(i) == '1';
            }
            for (int i = 0; i < 2 * SIZE; i++) {
                step();
            }
        }

        private static String bits(int value, int count) {
            String digits = Integer.toBinaryString(value);
            return "0".repeat(count - digits.length()) + digits;
        }

        private boolean step() {
            boolean bit = false;
            for (int tap : TAPS) {
                bit ^= register[(oldest + tap) % SIZE];
            }
            register[oldest] = bit;
            oldest = (oldest + 1) % SIZE;
            return bit;
        }

        private boolean bit() {
            while (!step()) {
                step();
            }
            return step();
        }

        BigInteger number(int bits) {
            BigInteger number = BigInteger.ZERO;
            for (int i = bits - 1; i >= 0; i--) {
                if (bit()) {
                    number = number.setBit(i);
                }
            }
            return number;
        }
    }
}
