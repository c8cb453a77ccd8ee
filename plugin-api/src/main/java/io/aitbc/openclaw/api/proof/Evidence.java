package io.aitbc.openclaw.api.proof;

import java.util.Set;

/**
 * Something to check.
 *
 * @param kind {@link #AITBC_RECEIPT}
 * @param json the document as it came
 * @param trustedKeys keys that may sign it, in the form the document names them (AITBC: Base64url of the raw Ed25519 key);
 *     empty: no key is trusted, so a valid signature proves only that the document is whole
 */
public record Evidence(String kind, String json, Set<String> trustedKeys) {
    /** A receipt of an AITBC coordinator. */
    public static final String AITBC_RECEIPT = "aitbc-receipt";

    public Evidence {
        trustedKeys = Set.copyOf(trustedKeys);
    }
}
