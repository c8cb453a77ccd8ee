package io.aitbc.openclaw.zk.bn254;

import java.util.Arrays;
import java.util.List;

/**
 * The hash Poseidon (L. Grassi et al., "Poseidon: A New Hash Function for Zero-Knowledge Proof Systems", 2019/458) as
 * circomlib uses it: S-box x^5, eight full rounds, one output, the capacity element first. Constants are generated as the paper
 * says. Safe for many threads.
 */
public final class Poseidon {
    private static final int FULL_ROUNDS = 8;

    /** Partial rounds by number of inputs, from table 2 of the paper for 128 bits of security. */
    private static final int[] PARTIAL_ROUNDS = {56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68};

    private final int width;
    private final int rounds;
    private final Fr[] constants;
    private final Fr[][] matrix;
    private final PartialRounds partial;

    /** @param inputs how many numbers it hashes, from 1 to 16 */
    public Poseidon(int inputs) {
        width = inputs + 1;
        rounds = FULL_ROUNDS + PARTIAL_ROUNDS[inputs - 1];
        PoseidonConstants generator = new PoseidonConstants(width, FULL_ROUNDS, PARTIAL_ROUNDS[inputs - 1]);
        constants = generator.roundConstants(rounds * width);
        matrix = generator.matrix(width);
        int first = FULL_ROUNDS / 2;
        int after = rounds - first;
        Fr[][] ofPartial = new Fr[after - first][];
        for (int round = first; round < after; round++) {
            ofPartial[round - first] = Arrays.copyOfRange(constants, round * width, (round + 1) * width);
        }
        partial = new PartialRounds(matrix, ofPartial);
        for (int i = 0; i < width; i++) {
            constants[after * width + i] = constants[after * width + i].add(partial.constantsAfter()[i]);
        }
    }

    /**
     * @param inputs numbers below {@link Fr#ORDER}
     * @throws IllegalArgumentException for another number of inputs than it was made for
     */
    public Fr hash(List<Fr> inputs) {
        return hash(Fr.ZERO, inputs);
    }

    /**
     * @param tag what the capacity element is at first; hashes under one tag are none under another
     * @param inputs numbers below {@link Fr#ORDER}
     * @throws IllegalArgumentException for another number of inputs than it was made for
     */
    public Fr hash(Fr tag, List<Fr> inputs) {
        if (inputs.size() != width - 1) {
            throw new IllegalArgumentException("hashes %d numbers, not %d".formatted(width - 1, inputs.size()));
        }
        Fr[] state = new Fr[width];
        state[0] = tag;
        for (int i = 1; i < width; i++) {
            state[i] = inputs.get(i - 1);
        }
        int half = FULL_ROUNDS / 2;
        for (int round = 0; round < half; round++) {
            state = full(round, state, round == half - 1 ? partial.matrixBefore() : matrix);
        }
        partial.apply(state);
        for (int round = rounds - half; round < rounds; round++) {
            state = full(round, state, matrix);
        }
        return state[0];
    }

    private Fr[] full(int round, Fr[] state, Fr[][] mixing) {
        for (int i = 0; i < width; i++) {
            state[i] = fifthPower(state[i].add(constants[round * width + i]));
        }
        return PartialRounds.times(mixing, state);
    }

    static Fr fifthPower(Fr number) {
        return number.square().square().multiply(number);
    }
}
