package io.aitbc.openclaw.zk.prover;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Scalars;

/**
 * One side of the constraints of a circuit.
 *
 * @param rows constraint of each coefficient
 * @param columns signal of each
 * @param values as snarkjs keeps them: a product with a plain number, in the way of Montgomery, is the Montgomery form of the product
 */
record SparseMatrix(int[] rows, int[] columns, Scalars values) {
    /** What each constraint has on this side. */
    Scalars times(Scalars plainSignals, int constraints) {
        Scalars sums = Scalars.zeros(constraints);
        for (int i = 0; i < rows.length; i++) {
            Fr signal = plainSignals.get(columns[i]);
            if (!signal.isZero()) {
                sums.set(rows[i], sums.get(rows[i]).add(values.get(i).multiply(signal)));
            }
        }
        return sums;
    }
}
