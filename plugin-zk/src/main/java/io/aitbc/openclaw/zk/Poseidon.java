package io.aitbc.openclaw.zk;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** The hash Poseidon of four field elements, equal to circomlib's {@code Poseidon(4)}. */
final class Poseidon {
    static final int INPUTS = 4;
    static final BigInteger FIELD = PoseidonParameters.FIELD;

    private Poseidon() {}

    /** Made when the first proof is met: most hosts never see one. */
    private static final class Parameters {
        static final PoseidonParameters FOUR = PoseidonParameters.of(INPUTS + 1, 8, 60);
    }

    /** @param inputs four numbers below {@link #FIELD} */
    static BigInteger hash(List<BigInteger> inputs) {
        if (inputs.size() != INPUTS) {
            throw new IllegalArgumentException("four inputs are hashed, not " + inputs.size());
        }
        PoseidonParameters parameters = Parameters.FOUR;
        int width = parameters.width();
        BigInteger[] state = new BigInteger[width];
        state[0] = BigInteger.ZERO;
        for (int i = 1; i < width; i++) {
            state[i] = inputs.get(i - 1);
        }
        int rounds = parameters.fullRounds() + parameters.partialRounds();
        int firstPartial = parameters.fullRounds() / 2;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < width; i++) {
                state[i] = state[i].add(parameters.constants().get(round * width + i));
            }
            boolean partial = round >= firstPartial && round < firstPartial + parameters.partialRounds();
            for (int i = 0; i < (partial ? 1 : width); i++) {
                state[i] = fifthPower(state[i]);
            }
            state = mixed(state, parameters.matrix());
        }
        return state[0];
    }

    private static BigInteger fifthPower(BigInteger value) {
        BigInteger square = value.multiply(value).mod(FIELD);
        return square.multiply(square).mod(FIELD).multiply(value).mod(FIELD);
    }

    private static BigInteger[] mixed(BigInteger[] state, List<List<BigInteger>> matrix) {
        BigInteger[] next = new BigInteger[state.length];
        Arrays.setAll(next, row -> {
            BigInteger sum = BigInteger.ZERO;
            for (int i = 0; i < state.length; i++) {
                sum = sum.add(matrix.get(row).get(i).multiply(state[i]));
            }
            return sum.mod(FIELD);
        });
        return next;
    }
}
