package io.aitbc.openclaw.bench.faults;

/**
 * A fault, and what has to come of it.
 *
 * @param id stable, for the table and for reports
 * @param fault what goes wrong, in words
 * @param play lets it go wrong and asks the host meanwhile
 */
record Fault(String id, String fault, Outcome outcome, Money money, Play play) {
    /** Lets it go wrong and asks the host meanwhile. */
    interface Play {
        Reply on(Stage stage) throws Exception;
    }

    String expected() {
        return outcome.text() + "; " + money.text();
    }
}
