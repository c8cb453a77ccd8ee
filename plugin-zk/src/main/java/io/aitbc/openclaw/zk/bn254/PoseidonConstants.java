package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.BitSet;

/** Generates round constants and mixing matrix of {@link Poseidon} with the Grain shift register of the paper's appendix E. */
final class PoseidonConstants {
    private static final int STATE_BITS = 80;
    private static final int NUMBER_BITS = 254;

    private final boolean[] state = new boolean[STATE_BITS];
    private int first;

    PoseidonConstants(int width, int fullRounds, int partialRounds) {
        int at = describe(0, 1, 2); // a prime field
        at = describe(at, 0, 4); // S-box x^alpha
        at = describe(at, NUMBER_BITS, 12);
        at = describe(at, width, 12);
        at = describe(at, fullRounds, 10);
        at = describe(at, partialRounds, 10);
        describe(at, (1 << 30) - 1, 30);
        for (int i = 0; i < 2 * STATE_BITS; i++) {
            shift();
        }
    }

    private int describe(int at, int value, int bits) {
        for (int i = 0; i < bits; i++) {
            state[at + i] = ((value >> (bits - 1 - i)) & 1) == 1;
        }
        return at + bits;
    }

    private boolean shift() {
        boolean bit = at(62) ^ at(51) ^ at(38) ^ at(23) ^ at(13) ^ at(0);
        state[first] = bit;
        first = (first + 1) % STATE_BITS;
        return bit;
    }

    private boolean at(int index) {
        return state[(first + index) % STATE_BITS];
    }

    /** Of each pair of bits, the second one counts if the first one is set. */
    private boolean nextBit() {
        while (!shift()) {
            shift();
        }
        return shift();
    }

    private BigInteger nextNumber() {
        BitSet bits = new BitSet(NUMBER_BITS);
        for (int bit = NUMBER_BITS - 1; bit >= 0; bit--) {
            bits.set(bit, nextBit());
        }
        BigInteger number = BigInteger.ZERO;
        for (int bit = bits.nextSetBit(0); bit >= 0; bit = bits.nextSetBit(bit + 1)) {
            number = number.setBit(bit);
        }
        return number;
    }

    Fr[] roundConstants(int count) {
        Fr[] constants = new Fr[count];
        for (int i = 0; i < count; i++) {
            BigInteger number = nextNumber();
            while (number.compareTo(Fr.ORDER) >= 0) {
                number = nextNumber();
            }
            constants[i] = Fr.valueOf(number);
        }
        return constants;
    }

    /** A Cauchy matrix: 1 / (x + y). Comes after the round constants. */
    Fr[][] matrix(int width) {
        Fr[] numbers = new Fr[2 * width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Fr.valueOf(nextNumber());
        }
        Fr[][] matrix = new Fr[width][width];
        for (int row = 0; row < width; row++) {
            for (int column = 0; column < width; column++) {
                matrix[row][column] = numbers[row].add(numbers[width + column]).inverse();
            }
        }
        return matrix;
    }
}
