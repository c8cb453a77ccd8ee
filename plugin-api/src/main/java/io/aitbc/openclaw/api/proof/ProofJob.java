package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;

/** A proof that waits, is being made, or is made. Can be used from any thread. */
public interface ProofJob {
    /** Nobody can guess it. */
    String id();

    /** Name of the circuit. */
    String circuit();

    /** How far it is. Never waits. */
    ProofProgress progress();

    /**
     * Waits for the end.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} when the input does not satisfy the circuit; {@link ErrorCode#CANCELED} after
     *     {@link #cancel()}, or when the waiting thread was interrupted, which leaves the job as it is; {@link ErrorCode#JOB_EXPIRED} when it
     *     took longer than its limit; {@link ErrorCode#INVALID_CONFIG} when a file of the circuit is not the pinned one;
     *     {@link ErrorCode#PROVIDER_FAILED} when a prover outside this process failed
     */
    GeneratedProof result();

    /** Stops the work within a second; does nothing when the end is reached. */
    void cancel();
}
