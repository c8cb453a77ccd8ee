package io.aitbc.openclaw.api.proof;

import java.util.Optional;
import java.util.Set;

/**
 * Something to check.
 *
 * @param kind one of the kinds below, or another one that a verifier names
 * @param json the document as it came
 * @param trustedKeys keys that may sign it, in the form the document names them (AITBC, hosts: Base64url of the raw Ed25519 key; proofs:
 *     SHA-256 of the verification key's file, in hexadecimal digits); empty: no key is trusted, so a valid signature or proof shows only
 *     that the document is whole
 * @param expected what a proof has to state, if the caller knows; a proof of anything else is then refused
 */
public record Evidence(String kind, String json, Set<String> trustedKeys, Optional<Statement> expected) {
    /** A receipt of an AITBC coordinator. */
    public static final String AITBC_RECEIPT = "aitbc-receipt";

    /** A receipt of an AITBC coordinator with a proof in it, which has to be about this very receipt. */
    public static final String AITBC_RECEIPT_PROOF = "aitbc-receipt-proof";

    /**
     * A Groth16 proof over BN254: {@code {"circuit": NAME, "proof": as snarkjs writes it, "public_signals": ["1", ...]}}, and for a circuit with a root that a host
     * signs {@code "root": {"host_key": KEY, "note": TEXT}}, see {@link SignedRoot}. With {@code "since": NUMBER, "path": [["1", ...], ...]} it shows that the tree only
     * grew since; whoever kept an earlier note adds it as {@code "kept": TEXT}, and a proof that does not show growth from there is then refused.
     */
    public static final String GROTH16 = "groth16";

    /** A PLONK proof over BN254, in the same form. */
    public static final String PLONK = "plonk";

    public Evidence {
        trustedKeys = Set.copyOf(trustedKeys);
    }

    /** Not the document: receipts have prompt and answer in them. */
    @Override
    public String toString() {
        return "Evidence[%s of %,d characters, trusted keys %s]".formatted(kind, json.length(), trustedKeys);
    }

    public Evidence(String kind, String json, Set<String> trustedKeys) {
        this(kind, json, trustedKeys, Optional.empty());
    }
}
