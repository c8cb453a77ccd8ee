/**
 * Everything that speaks AITBC: the coordinator client, the inference provider over it, and the ledger that caps what it
 * may spend.
 *
 * <p>web3j signs with the wallet's key. It is not modular, so it travels in the plugin's zip and lives in the class
 * loader's unnamed module, which the host lets this module read.
 */
module io.aitbc.openclaw.provider {
    requires static org.jspecify;
    requires io.aitbc.openclaw.api;
    requires okhttp3;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires tools.jackson.databind;

    provides io.aitbc.openclaw.api.inference.InferenceProviderFactory with
            io.aitbc.openclaw.provider.AitbcInferenceProviderFactory;
    provides io.aitbc.openclaw.api.network.ComputeNetworkFactory with
            io.aitbc.openclaw.provider.AitbcComputeNetworkFactory;
    provides io.aitbc.openclaw.api.network.PaymentAccountFactory with
            io.aitbc.openclaw.provider.AitbcPaymentAccountFactory;
    provides io.aitbc.openclaw.api.outbox.OutboxHandlerFactory with
            io.aitbc.openclaw.provider.AitbcPaymentLookupFactory,
            io.aitbc.openclaw.provider.AitbcReceiptLookupFactory,
            io.aitbc.openclaw.provider.miner.AitbcMinerResultsFactory;
    provides io.aitbc.openclaw.api.service.BackgroundServiceFactory with
            io.aitbc.openclaw.provider.miner.AitbcMinerFactory;
}
