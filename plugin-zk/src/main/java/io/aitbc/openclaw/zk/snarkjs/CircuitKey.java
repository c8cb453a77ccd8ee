package io.aitbc.openclaw.zk.snarkjs;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.plonk.PlonkProof;
import io.aitbc.openclaw.zk.plonk.PlonkVerifier;
import java.util.List;

/** A prepared verification key of one of the proof systems. */
public sealed interface CircuitKey {
    /** {@link Evidence#kind()} of its proofs. */
    String kind();

    /** How many public signals a statement has. */
    int signals();

    /** @throws MalformedDocumentException if it is not even a proof */
    Claim claim(SnarkjsReader reader, Json proof, List<Fr> signals) throws MalformedDocumentException;

    /** A proof and what it is to prove. */
    sealed interface Claim {
        boolean holds();
    }

    record Groth16(Groth16Verifier verifier) implements CircuitKey {
        /** Can be checked together with others. */
        public record Grouped(Groth16Verifier verifier, Groth16Claim claim) implements Claim {
            @Override
            public boolean holds() {
                return verifier.holds(claim);
            }
        }

        @Override
        public String kind() {
            return Evidence.GROTH16;
        }

        @Override
        public int signals() {
            return verifier.key().signals();
        }

        @Override
        public Claim claim(SnarkjsReader reader, Json proof, List<Fr> signals) throws MalformedDocumentException {
            return new Grouped(verifier, new Groth16Claim(reader.groth16Proof(proof), signals));
        }
    }

    record Plonk(PlonkVerifier verifier) implements CircuitKey {
        /** Is checked on its own. */
        public record Single(PlonkVerifier verifier, PlonkProof proof, List<Fr> signals) implements Claim {
            @Override
            public boolean holds() {
                return verifier.holds(proof, signals);
            }
        }

        @Override
        public String kind() {
            return Evidence.PLONK;
        }

        @Override
        public int signals() {
            return verifier.key().signals();
        }

        @Override
        public Claim claim(SnarkjsReader reader, Json proof, List<Fr> signals) throws MalformedDocumentException {
            return new Single(verifier, reader.plonkProof(proof), signals);
        }
    }
}
