package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.zk.circuit.RefusedInputException;
import io.aitbc.openclaw.zk.circuit.SignalProgram;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.MalformedFileException;
import io.aitbc.openclaw.zk.prover.UnsatisfiedException;
import io.aitbc.openclaw.zk.prover.Witness;
import io.aitbc.openclaw.zk.prover.WitnessProgram;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Computes the signals of a circuit with a program that circom made, in a sandbox. The library that runs such programs is loaded when it is first
 * needed.
 *
 * @param program a new one for each call
 */
record CircomProgram(Supplier<SignalProgram> program) implements WitnessProgram {
    /**
     * The program in a bundle, interpreted. It is read when it is needed.
     *
     * @return fails with an {@link OpenClawException} with INVALID_CONFIG when the program cannot be used
     */
    static WitnessProgram of(ProvingBundle bundle) {
        return new CircomProgram(() -> {
            try {
                return SignalProgram.interpreted(bundle.bytes(ProvingBundle.Part.WITNESS_PROGRAM));
            } catch (MalformedDocumentException e) {
                throw bundle.invalid(e.getMessage());
            } catch (IllegalArgumentException e) {
                throw bundle.invalid("witness program: " + e.getMessage());
            }
        });
    }

    @Override
    public Witness compute(Map<String, List<BigInteger>> inputs) throws UnsatisfiedException, InterruptedException {
        try {
            return Witness.of(program.get().compute(inputs));
        } catch (RefusedInputException e) {
            throw new UnsatisfiedException(e.getMessage());
        } catch (MalformedFileException e) {
            throw new IllegalStateException("the witness program gave no witness", e);
        }
    }
}
