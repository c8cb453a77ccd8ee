package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.contract.Answers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A scripted coordinator and a provider that uses it, ready for one test. */
final class Network implements AutoCloseable {
    static final String MODEL = "aitbc/llama3.2:1b";

    final ScriptedCoordinator coordinator = new ScriptedCoordinator();
    final FolderContext context;
    final InferenceProvider provider;
    final PaymentAccount account;

    Network(Path folder, String... config) throws IOException {
        this(List.of(ScriptedCoordinator.offer("llama3.2:1b", "miner-a", "0.01")), folder, config);
    }

    Network(List<String> offers, Path folder, String... config) throws IOException {
        coordinator.offers = String.join(",", offers);
        context = new FolderContext(folder, ScriptedCoordinator.config(coordinator, config));
        provider = new AitbcInferenceProviderFactory().create(context);
        account = new AitbcPaymentAccountFactory().create(context);
    }

    InferenceStream start(String model) {
        return start(model, GenerationOptions.none());
    }

    InferenceStream start(String model, GenerationOptions options) {
        return provider.chat(new ChatRequest(
                model,
                List.of(ChatMessage.user("Say hi")),
                List.of(),
                InferenceSettings.of(options),
                RequestContext.of("r1")));
    }

    List<InferenceEvent> ask() {
        return Answers.drain(start(MODEL));
    }

    static JobRecord job(List<InferenceEvent> events) {
        return Answers.finished(events).job().orElseThrow();
    }

    PaymentRecord payment() {
        return account.history(1).getFirst();
    }

    @Override
    public void close() {
        provider.close();
        account.close();
        context.close();
        coordinator.close();
    }
}
