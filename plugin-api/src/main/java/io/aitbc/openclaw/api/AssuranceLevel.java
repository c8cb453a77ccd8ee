package io.aitbc.openclaw.api;

/** How far the origin of an answer was checked, weakest first. None of them proves that a given model computed the answer. */
public enum AssuranceLevel {
    /** Nothing was checked, or there is nothing to check. */
    NONE,
    /** A receipt for the job carries a valid signature of a key that was pinned beforehand. */
    SIGNED,
    /** A second party attested the same receipt. */
    ATTESTED,
    /** A zero-knowledge proof of a stated, limited statement holds under a trusted key. Of proofs, never of answers. */
    ZK_STATEMENT
}
