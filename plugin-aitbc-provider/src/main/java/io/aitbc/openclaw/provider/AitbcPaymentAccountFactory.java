package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentAccountFactory;

/** Creates the payment account {@code aitbc}. */
public final class AitbcPaymentAccountFactory implements PaymentAccountFactory {
    @Override
    public PaymentAccount create(PluginContext context) {
        return new AitbcPaymentAccount(Ledgers.open(context, AitbcSettings.of(context.config())));
    }
}
