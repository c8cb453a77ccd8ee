package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.List;

/**
 * Makes zero-knowledge proofs on this machine, one after the other. What goes in is secret: neither inputs nor witnesses are in logs, in texts of
 * failures or in anything that is handed out. A proof is checked before it is handed out.
 */
public interface ProofGenerator extends Extension {
    /** What it can prove, by name. */
    List<ProvableCircuit> circuits();

    /**
     * Puts a proof in the queue and returns at once.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} for a circuit it does not have, or an input it cannot take;
     *     {@link ErrorCode#OVERLOADED} when the queue is full
     */
    ProofJob submit(ProofRequest request);
}
