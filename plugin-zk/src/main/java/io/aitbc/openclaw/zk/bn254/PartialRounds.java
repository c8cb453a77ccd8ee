package io.aitbc.openclaw.zk.bn254;

import java.util.Arrays;

/**
 * The rounds of Poseidon in which only the first number passes the S-box, in a form that takes 2t - 1 multiplications for a round in place of t^2
 * (appendix B of the paper). Whatever is linear on the other numbers is moved out of these rounds: constants behind them; and of the matrix that part
 * which mixes the others among themselves, inner, before them. So in the round that k of them follow, inner^k stands between.
 */
final class PartialRounds {
    /** Of each round, what is added to the first number. */
    private final Fr[] constants;

    /** Of each round, what the numbers are multiplied with for the new first one. */
    private final Fr[][] rows;

    /** Of each round, what the first number is multiplied with to be added to the others. */
    private final Fr[][] columns;

    private final Fr[][] matrixBefore;
    private final Fr[] constantsAfter;

    /**
     * @param matrix of all rounds
     * @param added constants of the partial rounds
     */
    PartialRounds(Fr[][] matrix, Fr[][] added) {
        int width = matrix.length;
        int rounds = added.length;
        constants = new Fr[rounds];
        Fr[] moved = zeros(width);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < width; i++) {
                moved[i] = moved[i].add(added[round][i]);
            }
            constants[round] = moved[0];
            moved[0] = Fr.ZERO;
            moved = times(matrix, moved);
        }
        constantsAfter = moved;
        Fr[][] inner = new Fr[width - 1][];
        Fr[] column = new Fr[width - 1];
        for (int i = 1; i < width; i++) {
            inner[i - 1] = Arrays.copyOfRange(matrix[i], 1, width);
            column[i - 1] = matrix[i][0];
        }
        Fr[][] back = transposed(inverse(inner));
        Fr[] row = Arrays.copyOfRange(matrix[0], 1, width);
        rows = new Fr[rounds][];
        columns = new Fr[rounds][];
        for (int round = rounds - 1; round >= 0; round--) {
            row = times(back, row);
            rows[round] = joined(matrix[0][0], row);
            columns[round] = column;
            column = times(inner, column);
        }
        Fr[][] power = power(inner, rounds + 1);
        matrixBefore = new Fr[width][];
        matrixBefore[0] = matrix[0];
        for (int i = 1; i < width; i++) {
            matrixBefore[i] = joined(column[i - 1], power[i - 1]);
        }
    }

    private static Fr[] zeros(int count) {
        Fr[] zeros = new Fr[count];
        Arrays.fill(zeros, Fr.ZERO);
        return zeros;
    }

    private static Fr[] joined(Fr first, Fr[] others) {
        Fr[] joined = new Fr[others.length + 1];
        joined[0] = first;
        System.arraycopy(others, 0, joined, 1, others.length);
        return joined;
    }

    private static Fr[][] transposed(Fr[][] matrix) {
        Fr[][] transposed = new Fr[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    /** By elimination; matrices of Cauchy have no square part without an inverse. */
    private static Fr[][] inverse(Fr[][] matrix) {
        int size = matrix.length;
        Fr[][] rows = new Fr[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = Arrays.copyOf(matrix[i], 2 * size);
            Arrays.fill(rows[i], size, 2 * size, Fr.ZERO);
            rows[i][size + i] = Fr.ONE;
        }
        for (int i = 0; i < size; i++) {
            Fr scale = rows[i][i].inverse();
            for (int j = i; j < 2 * size; j++) {
                rows[i][j] = rows[i][j].multiply(scale);
            }
            for (int other = 0; other < size; other++) {
                Fr factor = rows[other][i];
                for (int j = i; other != i && j < 2 * size; j++) {
                    rows[other][j] = rows[other][j].subtract(factor.multiply(rows[i][j]));
                }
            }
        }
        Fr[][] inverse = new Fr[size][];
        for (int i = 0; i < size; i++) {
            inverse[i] = Arrays.copyOfRange(rows[i], size, 2 * size);
        }
        return inverse;
    }

    /** @param exponent at least 1 */
    private static Fr[][] power(Fr[][] matrix, int exponent) {
        Fr[][] power = matrix;
        for (int bit = Integer.SIZE - Integer.numberOfLeadingZeros(exponent) - 2; bit >= 0; bit--) {
            power = product(power, power);
            if ((exponent >> bit & 1) == 1) {
                power = product(power, matrix);
            }
        }
        return power;
    }

    private static Fr[][] product(Fr[][] one, Fr[][] other) {
        Fr[][] columns = transposed(other);
        Fr[][] product = new Fr[one.length][];
        for (int row = 0; row < one.length; row++) {
            product[row] = times(columns, one[row]);
        }
        return product;
    }

    static Fr[] times(Fr[][] matrix, Fr[] numbers) {
        Fr[] next = new Fr[matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            next[row] = sumOfProducts(matrix[row], numbers);
        }
        return next;
    }

    private static Fr sumOfProducts(Fr[] row, Fr[] numbers) {
        Fr sum = row[0].multiply(numbers[0]);
        for (int column = 1; column < row.length; column++) {
            sum = sum.add(row[column].multiply(numbers[column]));
        }
        return sum;
    }

    /** What the last round before is mixed by. */
    Fr[][] matrixBefore() {
        return matrixBefore;
    }

    /** What the first round after adds, beside its own constants. */
    Fr[] constantsAfter() {
        return constantsAfter;
    }

    /** All of the rounds, in place. */
    void apply(Fr[] state) {
        for (int round = 0; round < constants.length; round++) {
            Fr first = Poseidon.fifthPower(state[0].add(constants[round]));
            state[0] = first;
            state[0] = sumOfProducts(rows[round], state);
            for (int i = 1; i < state.length; i++) {
                state[i] = state[i].add(columns[round][i - 1].multiply(first));
            }
        }
    }
}
