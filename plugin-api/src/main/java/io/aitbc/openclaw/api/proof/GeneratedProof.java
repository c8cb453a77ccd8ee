package io.aitbc.openclaw.api.proof;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A proof that was made here and holds.
 *
 * @param statement circuit and public signals
 * @param kind of the proof as {@link Evidence}: {@link Evidence#GROTH16}
 * @param proof as snarkjs writes it, JSON
 * @param keySha256 of the verification key's file, in hexadecimal digits
 * @param developmentSetup whether one party made the keys, which can then forge proofs
 * @param notProven what the proof does not show, in plain words; never empty
 * @param prover what made it, in plain words
 * @param took from the moment it was taken from the queue
 * @param root what the host signed about the root in the statement, if the circuit has one
 */
public record GeneratedProof(
        Statement statement,
        String kind,
        String proof,
        String keySha256,
        boolean developmentSetup,
        List<String> notProven,
        String prover,
        Duration took,
        Optional<SignedRoot> root) {
    public GeneratedProof {
        notProven = List.copyOf(notProven);
        if (notProven.isEmpty()) {
            throw new IllegalArgumentException("every proof leaves something open");
        }
    }

    /** One of a circuit without a root. */
    public GeneratedProof(
            Statement statement,
            String kind,
            String proof,
            String keySha256,
            boolean developmentSetup,
            List<String> notProven,
            String prover,
            Duration took) {
        this(statement, kind, proof, keySha256, developmentSetup, notProven, prover, took, Optional.empty());
    }

    /** For a {@link ProofVerifier}. Names of circuits and signals need no escapes in JSON. */
    public Evidence evidence(Set<String> trustedKeys) {
        String signals = statement.publicSignals().stream()
                .map(signal -> "\"" + signal + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        String json = "{\"circuit\":\"%s\",\"proof\":%s,\"public_signals\":%s%s}"
                .formatted(
                        statement.circuit(),
                        proof,
                        signals,
                        root.map(it -> ",\"root\":" + it.json()).orElse(""));
        return new Evidence(kind, json, trustedKeys);
    }
}
