package io.aitbc.openclaw.api.network;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import java.util.List;

/** What an account spent, and may spend. */
public interface PaymentAccount extends Extension {
    Rail rail();

    SpendingLimits limits();

    /** Reserved, unknown and settled amounts of the current UTC day. */
    TokenAmount spentToday();

    /**
     * Newest first.
     *
     * @param limit most rows, 1 to 1000
     */
    List<PaymentRecord> history(int limit);

    /** Every payment that was ever recorded, as it is now, the one that began first first. */
    List<PaymentRecord> all();
}
