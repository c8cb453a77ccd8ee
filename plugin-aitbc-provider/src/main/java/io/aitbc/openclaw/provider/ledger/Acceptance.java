package io.aitbc.openclaw.provider.ledger;

/**
 * What a job's answer was accepted with. The network lets anybody post another result for a finished job, with a receipt as
 * good as the first; the first one accepted is the one that counts.
 *
 * @param answerDigest SHA-256 of the answer's text, hexadecimal: enough to tell another answer, and no text on disk
 */
public record Acceptance(String receiptId, String answerDigest) {}
