package io.aitbc.openclaw.api;

/** How far the origin of an answer was checked, weakest first. None of them proves that a given model computed the answer. */
public enum AssuranceLevel {
    /** Nothing was checked, or there is nothing to check. */
    NONE,
    /** A receipt for the job carries a valid signature of a key that was pinned beforehand. */
    SIGNED,
    /** A second party attested the same receipt. */
    ATTESTED,
    /** The work was repeated elsewhere in a sample and agreed. */
    SAMPLED,
    /** A zero-knowledge proof of a stated, limited statement holds. */
    ZK_STATEMENT
}
