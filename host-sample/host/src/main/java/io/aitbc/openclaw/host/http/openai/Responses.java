package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.InstantSource;

/** {@code POST /v1/responses}, without state: nothing is stored, so nothing can be continued by its id. */
final class Responses {
    private final Answers answers;
    private final InstantSource clock;

    Responses(Answers answers, InstantSource clock) {
        this.answers = answers;
        this.clock = clock;
    }

    void handle(Exchange exchange) {
        ResponsesBody body = new ResponsesBody();
        OpenAiBodies.read(exchange, "ResponsesRequest", body::field);
        if (body.model.isEmpty()) {
            throw new ApiFailure(400, "model is required");
        }
        ChatRequest request = new ChatRequest(
                body.model, body.messages(), body.tools(), body.sampling.settings(), RequestContexts.of(exchange));
        answers.run(exchange, body.model, router -> router.chat(request), new ResponsesAnswer(exchange, body, clock));
    }
}
