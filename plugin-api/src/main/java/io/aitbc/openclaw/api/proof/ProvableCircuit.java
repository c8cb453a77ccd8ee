package io.aitbc.openclaw.api.proof;

import java.util.List;

/**
 * A circuit whose proofs can be made.
 *
 * @param name that requests and proofs give it
 * @param proves what a proof shows, in plain words that follow "somebody knew"
 * @param signals meanings of the public signals, in their order; empty where nobody wrote them down
 * @param keySha256 of the verification key's file, in hexadecimal digits
 * @param developmentSetup whether one party made the keys, which can then forge proofs
 * @param setup how the keys were made
 * @param computesWitness whether it takes the circuit's inputs; otherwise it needs a witness that was computed elsewhere
 */
public record ProvableCircuit(
        String name,
        String proves,
        List<String> signals,
        String keySha256,
        boolean developmentSetup,
        String setup,
        boolean computesWitness) {
    public ProvableCircuit {
        signals = List.copyOf(signals);
    }
}
