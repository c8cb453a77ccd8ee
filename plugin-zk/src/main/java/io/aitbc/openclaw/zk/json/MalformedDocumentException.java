package io.aitbc.openclaw.zk.json;

/** A document that cannot be what it should be; the message says why, in words for people. */
public final class MalformedDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedDocumentException(String message) {
        super(message);
    }
}
