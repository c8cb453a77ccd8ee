package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.zk.circuit.SignalProgram;
import io.aitbc.openclaw.zk.prover.UnsatisfiedException;
import io.aitbc.openclaw.zk.prover.Witness;
import io.aitbc.openclaw.zk.prover.WitnessProgram;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Computes the signals of {@code receipt_chain} with the program in the circuit's own library, which is loaded when it is first needed. */
final class ReceiptChainProgram implements WitnessProgram {
    @Override
    public Witness compute(Map<String, List<BigInteger>> inputs) throws UnsatisfiedException, InterruptedException {
        return new CircomProgram(SignalProgram::new).compute(inputs);
    }
}
