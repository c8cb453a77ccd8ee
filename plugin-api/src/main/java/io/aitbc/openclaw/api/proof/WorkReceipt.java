package io.aitbc.openclaw.api.proof;

/**
 * A receipt that whoever did the work signed, and that was checked.
 *
 * @param json the document as it came; it has the price in it
 * @param keyId of who signed, 64 hexadecimal digits
 * @param promptSha256 of the prompt that was sent, hexadecimal digits: over a line {@code openclaw-prompt-v1}, a line {@code prompt} with its length in bytes of
 *     UTF-8, and the prompt
 * @param outputSha256 of the output that came back, in UTF-8, hexadecimal digits
 */
public record WorkReceipt(String json, String keyId, String promptSha256, String outputSha256) {
    /** Nothing of the price. */
    @Override
    public String toString() {
        return "WorkReceipt[key %s]".formatted(keyId);
    }
}
