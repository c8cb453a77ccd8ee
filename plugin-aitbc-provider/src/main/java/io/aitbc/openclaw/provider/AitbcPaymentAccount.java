package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.SpendingLimits;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.util.List;

/** A view of the ledger that the provider writes. */
final class AitbcPaymentAccount implements PaymentAccount {
    private final Ledger ledger;

    AitbcPaymentAccount(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String id() {
        return AitbcInferenceProvider.ID;
    }

    @Override
    public Rail rail() {
        return Rail.AITBC;
    }

    @Override
    public SpendingLimits limits() {
        return ledger.limits();
    }

    @Override
    public TokenAmount spentToday() {
        return ledger.spentToday();
    }

    @Override
    public List<PaymentRecord> history(int limit) {
        return ledger.history(limit);
    }

    @Override
    public List<PaymentRecord> all() {
        return ledger.all();
    }
}
