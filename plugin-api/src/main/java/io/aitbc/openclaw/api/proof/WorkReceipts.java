package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;

/**
 * Receipts that whoever does work for others signs with a key of his own, in a form that a small circuit can check. Such a receipt says who signed which price for
 * which request and answer; not that the answer is right, or how it came about.
 */
public interface WorkReceipts extends Extension {
    /** The longest receipt there is, in characters; longer ones are refused. */
    int LONGEST = 2048;

    /**
     * The key that this host signs with, 64 hexadecimal digits; it is made when it is first needed.
     *
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when the key cannot be read or stored
     */
    String keyId();

    /**
     * A receipt of work that was done here, one line of JSON.
     *
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when the key cannot be read or stored, with {@link ErrorCode#INVALID_REQUEST} for a price that no
     *     receipt can hold
     */
    String sign(Work work);

    /** Checks a receipt of work that somebody else did. Never throws for a bad document: the verdict says what is wrong with it. */
    WorkVerdict check(String receipt, Work work);
}
