package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.provider.ledger.Ledger;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A market whose providers have endpoints of their own, a chain node, and a provider plugin that uses them. */
final class DirectNetwork implements AutoCloseable {
    static final String MODEL = "aitbc/llama3.2:1b";

    final ScriptedCoordinator coordinator = new ScriptedCoordinator();
    final ScriptedOllama endpoint = ScriptedOllama.start();
    final ScriptedEscrows escrows = new ScriptedEscrows();
    final FolderContext context;
    final Ledger ledger;
    final InferenceProvider provider;

    /** @param price of the one offer, AIT per 1,000 tokens */
    DirectNetwork(Path folder, String price, String... config) throws IOException {
        this(folder, url -> offer("miner-a", price, url), config);
    }

    /** @param offers made from the URL of the endpoint */
    DirectNetwork(Path folder, UnaryOperator<String> offers, String... config) throws IOException {
        coordinator.offers = offers.apply(endpoint.url().toString());
        context = new FolderContext(folder, ScriptedCoordinator.config(coordinator, config));
        AitbcSettings settings = AitbcSettings.of(context.config());
        ledger = Ledgers.open(context, settings);
        provider = new AitbcInferenceProvider(context, settings, ledger, Optional.of(escrows), new Random(1));
    }

    static String offer(String node, String price, String endpoint) {
        return ScriptedCoordinator.offer("llama3.2:1b", node, price)
                .replaceFirst("\\{", "{\"public_endpoint\":\"" + endpoint + "\",");
    }

    void answers(String... pieces) {
        endpoint.always("/api/chat", ScriptedAnswer.stream(OllamaLines.chat("llama3.2:1b", pieces)));
    }

    static ChatRequest request(PrivacyClass privacy, InferenceSettings settings, String... texts) {
        List<ChatMessage> messages =
                java.util.Arrays.stream(texts).map(ChatMessage::user).toList();
        return new ChatRequest(
                MODEL, messages, List.of(), settings, new RequestContext("r1", privacy, Optional.empty()));
    }

    InferenceStream start(String... texts) {
        return provider.chat(request(PrivacyClass.NETWORK_ALLOWED, InferenceSettings.defaults(), texts));
    }

    InferenceStream startWithTools() {
        return provider.chat(new ChatRequest(
                MODEL,
                List.of(ChatMessage.user("Say hi")),
                List.of(new ToolDefinition("f", "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}")),
                InferenceSettings.defaults(),
                RequestContext.of("r1")));
    }

    List<InferenceEvent> ask() {
        return Answers.drain(start("Say hi"));
    }

    PaymentRecord payment() {
        return ledger.history(1).getFirst();
    }

    @Override
    public void close() {
        provider.close();
        context.close();
        endpoint.close();
        coordinator.close();
    }
}
