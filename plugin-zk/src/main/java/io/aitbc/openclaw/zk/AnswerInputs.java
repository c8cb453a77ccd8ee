package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.SignedRoot;

/** Where inputs of {@code receipt_chain} come from when somebody names an answer. */
interface AnswerInputs {
    /**
     * Stops when its thread is interrupted.
     *
     * @throws OpenClawException with INVALID_REQUEST when nothing is known of the answer, its price is not known, or above the cap; with INTERNAL when the log
     *     cannot be read
     */
    Found of(ProofInput.Answer answer) throws InterruptedException;

    /**
     * What is known of an answer.
     *
     * @param root as the host signs it now
     */
    record Found(ProofInput.Signals inputs, SignedRoot root) {}
}
