package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.zk.circuit.RefusedInputException;
import io.aitbc.openclaw.zk.circuit.SignalProgram;
import io.aitbc.openclaw.zk.prover.MalformedFileException;
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
        try {
            return Witness.of(new SignalProgram().compute(inputs));
        } catch (RefusedInputException e) {
            throw new UnsatisfiedException(e.getMessage());
        } catch (MalformedFileException e) {
            throw new IllegalStateException("the witness program gave no witness", e);
        }
    }
}
