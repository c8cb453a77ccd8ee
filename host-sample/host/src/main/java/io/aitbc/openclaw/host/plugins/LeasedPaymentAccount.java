package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.SpendingLimits;
import java.util.List;

final class LeasedPaymentAccount extends LeasedExtension<PaymentAccount> implements PaymentAccount {
    LeasedPaymentAccount(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(PaymentAccount.class, id));
    }

    @Override
    public Rail rail() {
        return call("rail", PaymentAccount::rail);
    }

    @Override
    public SpendingLimits limits() {
        return call("limits", PaymentAccount::limits);
    }

    @Override
    public TokenAmount spentToday() {
        return call("spentToday", PaymentAccount::spentToday);
    }

    @Override
    public List<PaymentRecord> history(int limit) {
        return call("history", account -> List.copyOf(account.history(limit)));
    }

    @Override
    public List<PaymentRecord> all() {
        return call("all", account -> List.copyOf(account.all()));
    }
}
