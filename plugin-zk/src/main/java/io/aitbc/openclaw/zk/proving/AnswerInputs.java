package io.aitbc.openclaw.zk.proving;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.zk.receiptchain.AnswerReceipt;

/** Where inputs of {@code receipt_chain} come from when somebody names an answer. */
public interface AnswerInputs {
    /**
     * Stops when its thread is interrupted.
     *
     * @throws OpenClawException with INVALID_REQUEST when nothing is known of the answer, its price is not known, or above the cap; with INTERNAL when the log
     *     cannot be read
     */
    AnswerReceipt of(ProofInput.Answer answer) throws InterruptedException;
}
