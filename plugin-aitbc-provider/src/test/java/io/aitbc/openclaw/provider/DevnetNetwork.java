package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.ProofVerifierFactory;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;

/** A devnet and the plugin that uses it, ready for one test. Both live by the devnet's clock. */
final class DevnetNetwork implements AutoCloseable {
    static final String MODEL = "aitbc/tiny:latest";

    final ScriptedEngine engine =
            new ScriptedEngine("scripted", Models.local("scripted", "tiny:latest", Capability.COMPLETION));
    final Devnet devnet;
    final FolderContext context;
    final InferenceProvider provider;
    final PaymentAccount account;
    final OutboxHandler payments;
    final OutboxHandler receipts;

    /** @param config keys and values; an empty value takes a setting away */
    DevnetNetwork(Path folder, DevnetOptions options, String... config) {
        devnet = Devnet.start(options, engine);
        context = new FolderContext(folder, config(config), devnet.clock());
        provider = new AitbcInferenceProviderFactory().create(context);
        account = new AitbcPaymentAccountFactory().create(context);
        payments = new AitbcPaymentLookupFactory().create(context);
        receipts = new AitbcReceiptLookupFactory().create(context);
    }

    DevnetNetwork(Path folder, String... config) {
        this(folder, DevnetOptions.defaults(), config);
    }

    Map<String, String> config(String... more) {
        Map<String, String> config = new HashMap<>(Map.of(
                "coordinator-url",
                devnet.coordinatorUrl(),
                "marketplace-url",
                devnet.marketplaceUrl(),
                "chain-url",
                devnet.chainUrl() + "/rpc",
                "wallet-key",
                ScriptedCoordinator.KEY,
                "trusted-receipt-keys",
                devnet.receiptKeyId(),
                "poll-interval",
                "20ms",
                "queue-timeout",
                "500ms",
                "run-timeout",
                "500ms",
                "lost-answer-wait",
                "200ms",
                "test-network",
                "true"));
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    DevnetNetwork withVerifier() {
        context.add(verifier());
        return this;
    }

    /** The real one, found as a host finds it: plugins do not see each other's classes. */
    ProofVerifier verifier() {
        DevnetNetwork.class.getModule().addUses(ProofVerifierFactory.class);
        try (FolderContext own = new FolderContext(context.dataDirectory(), Map.of())) {
            return ServiceLoader.load(ProofVerifierFactory.class)
                    .findFirst()
                    .orElseThrow()
                    .create(own);
        }
    }

    InferenceStream start(String model) {
        return start(model, InferenceSettings.defaults(), RequestContext.of("r1"));
    }

    InferenceStream start(String model, InferenceSettings settings, RequestContext asker) {
        return start(model, "Say hi", settings, asker);
    }

    InferenceStream start(String model, String prompt, InferenceSettings settings, RequestContext asker) {
        return provider.chat(new ChatRequest(model, List.of(ChatMessage.user(prompt)), List.of(), settings, asker));
    }

    List<InferenceEvent> ask() {
        return Answers.drain(start(MODEL));
    }

    PaymentRecord payment() {
        return account.history(1).getFirst();
    }

    List<JobSummary> jobs() {
        try (ComputeNetwork network = new AitbcComputeNetworkFactory().create(context)) {
            return network.jobs(10);
        }
    }

    Services services() {
        return Services.of(context, AitbcSettings.of(context.config()), new Random(1));
    }

    @Override
    public void close() {
        receipts.close();
        payments.close();
        provider.close();
        account.close();
        context.close();
        devnet.close();
        engine.close();
    }
}
