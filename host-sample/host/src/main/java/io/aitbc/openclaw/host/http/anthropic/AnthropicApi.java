package io.aitbc.openclaw.host.http.anthropic;

import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.json.JsonFailure;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;

/** {@code POST /v1/messages}. */
public final class AnthropicApi {
    /** A token is about four characters of English. */
    private static final int BYTES_PER_TOKEN = 4;

    private final Answers answers;

    public AnthropicApi(Answers answers) {
        this.answers = answers;
    }

    public void addTo(Routes routes) {
        routes.add("POST", "/v1/messages", Routes.Style.ANTHROPIC, this::messages);
    }

    private void messages(Exchange exchange) {
        MessagesBody body = new MessagesBody();
        byte[] bytes = exchange.body();
        try {
            JsonInput.read(bytes, bytes.length, "MessagesRequest", body::field);
        } catch (JsonInput.Missing | JsonFailure e) {
            throw new ApiFailure(400, String.valueOf(e.getMessage()));
        }
        if (body.model.isEmpty()) {
            throw new ApiFailure(400, "model is required");
        }
        if (body.maxTokens <= 0) {
            throw new ApiFailure(400, "max_tokens is required and must be positive");
        }
        if (body.isEmpty()) {
            throw new ApiFailure(400, "messages is required");
        }
        ChatRequest request = new ChatRequest(
                body.model, body.messages(), body.tools(), body.settings(), RequestContexts.of(exchange));
        int promptEstimate = request.messages().stream()
                        .mapToInt(message -> message.content().length())
                        .sum()
                / BYTES_PER_TOKEN;
        answers.run(
                exchange,
                body.model,
                router -> router.chat(request),
                new MessagesAnswer(exchange, body.model, body.stream, promptEstimate));
    }
}
