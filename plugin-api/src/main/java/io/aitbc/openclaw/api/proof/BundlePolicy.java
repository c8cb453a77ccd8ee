package io.aitbc.openclaw.api.proof;

import java.util.Optional;
import java.util.Set;

/**
 * When a bundle is good enough. What is not trusted here does not hold, whatever the bundle says.
 *
 * @param hostKeys Ed25519 keys of hosts, Base64url
 * @param receiptKeys Ed25519 keys of coordinators, Base64url
 * @param proofKeys SHA-256 of verification keys of proofs, hexadecimal digits
 * @param required names of links that have to be there, beside those that every bundle has
 * @param receiptMayLack whether an answer of a network is good enough without a receipt
 * @param about the job or request that the bundle has to be of
 */
public record BundlePolicy(
        Set<String> hostKeys,
        Set<String> receiptKeys,
        Set<String> proofKeys,
        Set<String> required,
        boolean receiptMayLack,
        Optional<String> about) {
    public BundlePolicy {
        hostKeys = Set.copyOf(hostKeys);
        receiptKeys = Set.copyOf(receiptKeys);
        proofKeys = Set.copyOf(proofKeys);
        required = Set.copyOf(required);
    }
}
