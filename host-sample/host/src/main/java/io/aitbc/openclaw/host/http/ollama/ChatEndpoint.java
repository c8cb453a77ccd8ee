package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Asked;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.answer.ToolReader;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code POST /api/chat}. */
final class ChatEndpoint {
    private final Answers answers;
    private final LoadRequests loads;
    private final ModelChecks checks;
    private final Consumer<Asked> ready;
    private final InstantSource clock;

    ChatEndpoint(Answers answers, LoadRequests loads, ModelChecks checks, Consumer<Asked> ready, InstantSource clock) {
        this.ready = ready;
        this.answers = answers;
        this.loads = loads;
        this.checks = checks;
        this.clock = clock;
    }

    static final class Body {
        final SharedFields shared = new SharedFields();
        final List<ChatMessage> messages = new ArrayList<>();
        final List<ToolDefinition> tools = new ArrayList<>();

        void field(String name, JsonInput input) {
            if (shared.read(name, input)) {
                return;
            }
            switch (name) {
                case "messages" -> input.list("[]api.Message", () -> messages.add(Messages.read(input)));
                case "tools" ->
                    input.list("api.Tools", () -> ToolReader.definition(input).ifPresent(tools::add));
                default -> {}
            }
        }

        ChatRequest request(InferenceSettings settings, RequestContext context) {
            return new ChatRequest(shared.model, messages, tools, settings, context);
        }
    }

    void handle(Exchange exchange) {
        Body body = new Body();
        Bodies.read(exchange, "ChatRequest", body::field);
        SharedFields shared = body.shared;
        shared.checkLogprobs();
        shared.checkDebugging();
        if (shared.model.isEmpty()) {
            throw new ApiFailure(400, "model is required");
        }
        ready.accept(Asked.chat(shared.model, shared.options, body.messages, !body.tools.isEmpty(), shared.think()));
        boolean streaming = shared.stream && !body.messages.isEmpty();
        OllamaAnswer answer = new OllamaAnswer(exchange, shared.model, true, streaming, clock);
        if (body.messages.isEmpty()) {
            loads.handle(exchange, shared, answer);
            return;
        }
        if (shared.wantsThinking()) {
            checks.requireThinking(shared.model);
        }
        ChatRequest request = body.request(checks.settings(shared), RequestContexts.of(exchange));
        answers.run(
                exchange, shared.model, checks.explained("chat", shared.model, router -> router.chat(request)), answer);
    }
}
