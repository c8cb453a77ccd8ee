package io.aitbc.openclaw.provider.ledger;

import java.util.List;

/** A line of the journal. */
sealed interface JournalLine permits Entry, JournalLine.Beginning, JournalLine.Owned {
    /** Of a file that is not the first one. */
    record Beginning() implements JournalLine {}

    /**
     * Carried over from a file that was put aside, also when the entry was not.
     *
     * @param reference of the entry they belong to
     * @param names see {@link Latches}
     */
    record Owned(String reference, List<String> names) implements JournalLine {}
}
