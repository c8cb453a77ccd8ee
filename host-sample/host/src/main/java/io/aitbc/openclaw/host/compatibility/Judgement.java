package io.aitbc.openclaw.host.compatibility;

/**
 * What is thought of a version that was seen.
 *
 * @param component id in the table; the name it gave itself when the table does not have it
 * @param name for people
 * @param version as it was told, one short line; empty when none was
 * @param text one sentence for people
 * @param advice what to do, empty when there is nothing to do
 */
public record Judgement(String component, String name, String version, Verdict verdict, String text, String advice) {
    /** Both sentences on one line. */
    public String line() {
        return advice.isEmpty() ? text : text + "; " + advice;
    }
}
