/** Plugin loader and Ollama API server. */
module io.aitbc.openclaw.host {
    requires static org.jspecify;
    requires transitive io.aitbc.openclaw.api;
    requires com.github.zafarkhaja.semver;
    requires io.aitbc.openclaw.devnet;
    requires io.aitbc.openclaw.engine;
    requires io.aitbc.openclaw.engine.ollama;
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.features;
    requires io.helidon.common.features.api;
    requires io.helidon.common.mapper;
    requires io.helidon.common.socket;
    requires io.helidon.common.task;
    requires io.helidon.http;
    requires io.helidon.service.registry;
    requires io.helidon.webserver;
    requires java.management;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires pf4j;
    requires tools.jackson.databind;

    // What plugins may require besides the above; a layer finds only modules that the host has resolved.
    requires java.net.http;
    requires okhttp3;
    requires org.bouncycastle.provider;

    exports io.aitbc.openclaw.host;
    exports io.aitbc.openclaw.host.compatibility;
    exports io.aitbc.openclaw.host.files;
    exports io.aitbc.openclaw.host.http;
    exports io.aitbc.openclaw.host.outbox;
    exports io.aitbc.openclaw.host.plugins;
    exports io.aitbc.openclaw.host.proofs;
    exports io.aitbc.openclaw.host.trust;
    exports io.aitbc.openclaw.host.versions;

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
