package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.SignedRoot;

/**
 * What a proof about an answer is made from.
 *
 * @param inputs of the circuit, secret
 * @param root as the host signs it now
 */
public record AnswerReceipt(ProofInput.Signals inputs, SignedRoot root) {}
