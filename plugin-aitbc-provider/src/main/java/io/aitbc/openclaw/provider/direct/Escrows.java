package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.provider.coordinator.CallScope;

/**
 * The chain node's escrows: one for each job id, for ever. Such an escrow is a record that anybody can write and that locks
 * nobody's coins; a release is paid out by the operator's key.
 */
public interface Escrows {
    /** What a node says about an escrow. */
    enum State {
        ABSENT,
        OPEN,
        RELEASED,
        REFUNDED
    }

    /**
     * Creates one in the name of our wallet.
     *
     * @param jobId a second one of the same id is refused
     * @param payee address of the provider
     * @throws OpenClawException when it was refused, or when nobody can say whether it exists
     */
    void create(String jobId, String payee, TokenAmount amount, CallScope scope);

    State state(String jobId, CallScope scope);

    /** Pays all of it to the provider. */
    void release(String jobId, CallScope scope);

    void refund(String jobId, CallScope scope);
}
