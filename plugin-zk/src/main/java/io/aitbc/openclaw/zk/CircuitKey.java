package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.plonk.PlonkVerifier;
import java.util.List;

/** A prepared verification key of one of the proof systems. */
sealed interface CircuitKey {
    /** {@link Evidence#kind()} of its proofs. */
    String kind();

    /** How many public signals a statement has. */
    int signals();

    /** @throws MalformedDocumentException if it is not even a proof */
    boolean holds(SnarkjsReader reader, Json proof, List<Fr> signals) throws MalformedDocumentException;

    record Groth16(Groth16Verifier verifier) implements CircuitKey {
        @Override
        public String kind() {
            return Evidence.GROTH16;
        }

        @Override
        public int signals() {
            return verifier.key().signals();
        }

        @Override
        public boolean holds(SnarkjsReader reader, Json proof, List<Fr> signals) throws MalformedDocumentException {
            return verifier.holds(new Groth16Claim(reader.groth16Proof(proof), signals));
        }
    }

    record Plonk(PlonkVerifier verifier) implements CircuitKey {
        @Override
        public String kind() {
            return Evidence.PLONK;
        }

        @Override
        public int signals() {
            return verifier.key().signals();
        }

        @Override
        public boolean holds(SnarkjsReader reader, Json proof, List<Fr> signals) throws MalformedDocumentException {
            return verifier.holds(reader.plonkProof(proof), signals);
        }
    }
}
