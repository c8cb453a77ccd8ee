package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.ExtensionFactory;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceProviderFactory;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceRouterFactory;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ComputeNetworkFactory;
import io.aitbc.openclaw.api.network.Marketplace;
import io.aitbc.openclaw.api.network.MarketplaceFactory;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentAccountFactory;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.outbox.OutboxHandlerFactory;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofChainFactory;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofGeneratorFactory;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.ProofVerifierFactory;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.api.proof.WorkReceiptsFactory;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.BackgroundServiceFactory;
import java.util.List;

/**
 * A kind of extension that plugins can contribute.
 *
 * @param factory the service a plugin provides
 */
record ExtensionPoint<T extends Extension>(Class<T> type, Class<? extends ExtensionFactory<T>> factory) {
    private static final List<ExtensionPoint<?>> ALL = List.of(
            new ExtensionPoint<>(InferenceProvider.class, InferenceProviderFactory.class),
            new ExtensionPoint<>(InferenceRouter.class, InferenceRouterFactory.class),
            new ExtensionPoint<>(ComputeNetwork.class, ComputeNetworkFactory.class),
            new ExtensionPoint<>(Marketplace.class, MarketplaceFactory.class),
            new ExtensionPoint<>(PaymentAccount.class, PaymentAccountFactory.class),
            new ExtensionPoint<>(ProofVerifier.class, ProofVerifierFactory.class),
            new ExtensionPoint<>(ProofChain.class, ProofChainFactory.class),
            new ExtensionPoint<>(ProofGenerator.class, ProofGeneratorFactory.class),
            new ExtensionPoint<>(WorkReceipts.class, WorkReceiptsFactory.class),
            new ExtensionPoint<>(OutboxHandler.class, OutboxHandlerFactory.class),
            new ExtensionPoint<>(BackgroundService.class, BackgroundServiceFactory.class));

    static List<ExtensionPoint<?>> all() {
        return ALL;
    }

    /** The kinds of an extension of the host, which comes without a factory. */
    static List<ExtensionPoint<?>> of(Extension extension) {
        return ALL.stream().filter(point -> point.type().isInstance(extension)).toList();
    }

    /** How callers see an extension: engines keep the methods that other providers lack. */
    ExtensionKey<?> key(Extension extension, String id) {
        return extension instanceof LocalEngine
                ? new ExtensionKey<>(LocalEngine.class, id)
                : new ExtensionKey<>(type, id);
    }

    /** The same id at the same point is a clash, engine or not. */
    static boolean clash(ExtensionKey<?> one, ExtensionKey<?> other) {
        return one.id().equals(other.id())
                && (one.type().isAssignableFrom(other.type()) || other.type().isAssignableFrom(one.type()));
    }

    /** What is handed out in place of the extension itself. */
    static Extension handle(PluginSlot slot, ExtensionKey<?> key) {
        Class<?> type = key.type();
        String id = key.id();
        if (type == LocalEngine.class) {
            return new LeasedEngine(slot, id);
        } else if (type == InferenceProvider.class) {
            return new LeasedProvider<>(slot, new ExtensionKey<>(InferenceProvider.class, id));
        } else if (type == InferenceRouter.class) {
            return new LeasedRouter(slot, id);
        } else if (type == ComputeNetwork.class) {
            return new LeasedNetwork(slot, id);
        } else if (type == Marketplace.class) {
            return new LeasedMarketplace(slot, id);
        } else if (type == PaymentAccount.class) {
            return new LeasedPaymentAccount(slot, id);
        } else if (type == ProofVerifier.class) {
            return new LeasedVerifier(slot, id);
        } else if (type == ProofChain.class) {
            return new LeasedProofChain(slot, id);
        } else if (type == ProofGenerator.class) {
            return new LeasedProofGenerator(slot, id);
        } else if (type == WorkReceipts.class) {
            return new LeasedWorkReceipts(slot, id);
        } else if (type == OutboxHandler.class) {
            return new LeasedOutboxHandler(slot, id);
        } else if (type == BackgroundService.class) {
            return new LeasedService(slot, id);
        }
        throw new IllegalArgumentException("Not an extension point: " + type);
    }
}
