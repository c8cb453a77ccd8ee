package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
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

/** {@code POST /v1/chat/completions}. */
final class ChatCompletions {
    private final Answers answers;
    private final Consumer<Asked> ready;
    private final InstantSource clock;

    ChatCompletions(Answers answers, Consumer<Asked> ready, InstantSource clock) {
        this.ready = ready;
        this.answers = answers;
        this.clock = clock;
    }

    private static final class Body {
        final Sampling sampling = new Sampling();
        final StreamOptions streaming = new StreamOptions();
        final List<ChatMessage> messages = new ArrayList<>();
        final List<ToolDefinition> tools = new ArrayList<>();
        String model = "";
        boolean noTools;

        void field(String name, JsonInput input) {
            if (sampling.read(name, input) || streaming.read(name, input)) {
                return;
            }
            switch (name) {
                case "model" -> model = input.string(model);
                case "messages" -> input.list("[]openai.Message", () -> messages.add(OpenAiMessages.read(input)));
                case "tools" ->
                    input.list("[]api.Tool", () -> ToolReader.definition(input).ifPresent(tools::add));
                case "tool_choice" ->
                    noTools = input.kind() == JsonInput.Kind.STRING
                            && input.string("").equals("none");
                default -> {}
            }
        }
    }

    void handle(Exchange exchange) {
        Body body = new Body();
        OpenAiBodies.read(exchange, "ChatCompletionRequest", body::field);
        if (body.messages.isEmpty()) {
            throw new ApiFailure(400, "[] is too short - 'messages'");
        }
        if (body.model.isEmpty()) {
            throw new ApiFailure(400, "model is required");
        }
        ChatRequest request = new ChatRequest(
                body.model,
                body.messages,
                body.noTools ? List.of() : body.tools,
                body.sampling.settings(),
                RequestContexts.of(exchange));
        ready.accept(Asked.chat(
                request.model(),
                request.settings().options(),
                request.messages(),
                !request.tools().isEmpty(),
                request.settings().think()));
        answers.run(
                exchange,
                body.model,
                router -> router.chat(request),
                new ChatCompletionAnswer(exchange, body.model, body.streaming, clock));
    }
}
