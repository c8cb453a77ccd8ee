package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.ProvableCircuit;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.WitnessProgram;
import io.aitbc.openclaw.zk.snarkjs.CircuitKey;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A circuit whose proofs can be made. Its files are read when they are first needed. Safe for many threads. */
public final class ProvingCircuit {
    private final ProvingBundle bundle;
    private final Optional<Supplier<WitnessProgram>> program;
    private @Nullable Groth16Verifier verifier;

    /** @param program makes a new one for each proof; empty where witnesses are computed elsewhere */
    public ProvingCircuit(ProvingBundle bundle, Optional<Supplier<WitnessProgram>> program) {
        this.bundle = bundle;
        this.program = program;
    }

    /** With the witness program of the bundle, if it has one. */
    public static ProvingCircuit of(ProvingBundle bundle) {
        return new ProvingCircuit(
                bundle, bundle.file(ProvingBundle.Part.WITNESS_PROGRAM).map(_ -> () -> CircomProgram.of(bundle)));
    }

    public String name() {
        return bundle.circuit().name();
    }

    public ProvingBundle bundle() {
        return bundle;
    }

    public Optional<Supplier<WitnessProgram>> program() {
        return program;
    }

    public ProvableCircuit description() {
        return new ProvableCircuit(
                name(),
                bundle.circuit().proves(),
                bundle.circuit().signals(),
                keySha256(),
                !bundle.ceremony(),
                bundle.setup(),
                program.isPresent());
    }

    public String keySha256() {
        return bundle.sha256(ProvingBundle.Part.VERIFICATION_KEY);
    }

    /** @throws OpenClawException with INVALID_CONFIG when the key is not the pinned one, or none for Groth16 */
    public synchronized Groth16Verifier verifier() {
        if (verifier == null) {
            verifier = readVerifier();
        }
        return verifier;
    }

    private Groth16Verifier readVerifier() {
        try {
            CircuitKey key = KeyFile.read(bundle.bytes(ProvingBundle.Part.VERIFICATION_KEY), keySha256());
            if (!(key instanceof CircuitKey.Groth16 groth16)) {
                throw invalid("its verification key is not one for Groth16");
            }
            return groth16.verifier();
        } catch (MalformedDocumentException e) {
            throw invalid(e.getMessage());
        }
    }

    public OpenClawException invalid(@Nullable String reason) {
        return bundle.invalid(reason);
    }
}
