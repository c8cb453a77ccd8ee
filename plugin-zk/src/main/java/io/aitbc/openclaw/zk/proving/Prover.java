package io.aitbc.openclaw.zk.proving;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.prover.MalformedFileException;
import io.aitbc.openclaw.zk.prover.Witness;
import java.util.function.IntConsumer;

/** Makes proofs from witnesses. What it makes has to be checked. */
interface Prover {
    /** In plain words that follow "made by". */
    String description();

    /**
     * Stops when its thread is interrupted.
     *
     * @param progress told percentages
     * @throws MalformedFileException when the witness is one of another circuit
     * @throws OpenClawException with INVALID_CONFIG when a file of the circuit cannot be used, PROVIDER_FAILED when a program outside failed
     */
    Groth16Proof prove(ProvingCircuit circuit, Witness witness, IntConsumer progress)
            throws MalformedFileException, InterruptedException;
}
