/**
 * The extension points of the host and their records.
 *
 * <p>A plugin is a module that {@code provides} one or more {@link io.aitbc.openclaw.api.ExtensionFactory factories}; the
 * host finds them with {@link java.util.ServiceLoader}, hands each a {@link io.aitbc.openclaw.api.PluginContext} and closes
 * what they created when the plugin is unloaded. The module needs nothing but {@code java.base}.
 */
module io.aitbc.openclaw.api {
    requires static org.jspecify;

    exports io.aitbc.openclaw.api;
    exports io.aitbc.openclaw.api.inference;
    exports io.aitbc.openclaw.api.network;
    exports io.aitbc.openclaw.api.outbox;
    exports io.aitbc.openclaw.api.proof;
    exports io.aitbc.openclaw.api.service;

    uses io.aitbc.openclaw.api.inference.InferenceProviderFactory;
    uses io.aitbc.openclaw.api.inference.InferenceRouterFactory;
    uses io.aitbc.openclaw.api.network.ComputeNetworkFactory;
    uses io.aitbc.openclaw.api.network.MarketplaceFactory;
    uses io.aitbc.openclaw.api.network.PaymentAccountFactory;
    uses io.aitbc.openclaw.api.outbox.OutboxHandlerFactory;
    uses io.aitbc.openclaw.api.proof.ProofChainFactory;
    uses io.aitbc.openclaw.api.proof.ProofGeneratorFactory;
    uses io.aitbc.openclaw.api.proof.ProofVerifierFactory;
    uses io.aitbc.openclaw.api.proof.WorkReceiptsFactory;
    uses io.aitbc.openclaw.api.service.BackgroundServiceFactory;
}
