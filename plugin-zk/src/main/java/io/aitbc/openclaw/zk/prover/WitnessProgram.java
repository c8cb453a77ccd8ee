package io.aitbc.openclaw.zk.prover;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Computes all signals of a circuit from its inputs. One object is used by one thread at a time. */
@FunctionalInterface
public interface WitnessProgram {
    /**
     * Stops when its thread is interrupted.
     *
     * @param inputs by the name of the signal, arrays row by row; from 0 to below the order of the groups
     * @throws UnsatisfiedException when inputs lack, are too many, or break a constraint; the message has none of their values
     */
    Witness compute(Map<String, List<BigInteger>> inputs) throws UnsatisfiedException, InterruptedException;
}
