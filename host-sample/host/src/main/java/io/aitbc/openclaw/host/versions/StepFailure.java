package io.aitbc.openclaw.host.versions;

/** A step of an upgrade that cannot go on; the text is for people. */
final class StepFailure extends Exception {
    private static final long serialVersionUID = 1;

    StepFailure(String message) {
        super(message, null, false, false);
    }
}
