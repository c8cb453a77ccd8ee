package io.aitbc.openclaw.bench.reload;

/** What is wrong with a bad file, by how far it gets. */
enum Fault {
    /** Its second half is missing, and its signature is for another file. */
    CUT,
    /** Whole, with a signature for another file. */
    FOREIGN_SIGNATURE,
    /** Signed; a factory throws. */
    START,
    /** Signed; an extension has an id that nobody can use. */
    PROBE,
    /** Signed; a background service throws when it is started in the place of one that works. */
    SERVICE;

    /** Whether it is a file that a trusted key signed. */
    boolean signed() {
        return this == START || this == PROBE || this == SERVICE;
    }
}
