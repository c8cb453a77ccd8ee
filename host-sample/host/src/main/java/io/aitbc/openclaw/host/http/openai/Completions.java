package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code POST /v1/completions}. */
final class Completions {
    private final Answers answers;
    private final InstantSource clock;

    Completions(Answers answers, InstantSource clock) {
        this.answers = answers;
        this.clock = clock;
    }

    private static final class Body {
        final Sampling sampling = new Sampling();
        final StreamOptions streaming = new StreamOptions();
        String model = "";
        String prompt = "";
        String suffix = "";

        void field(String name, JsonInput input) {
            if (sampling.read(name, input) || streaming.read(name, input)) {
                return;
            }
            switch (name) {
                case "model" -> model = input.string(model);
                case "prompt" -> prompt = input.string(prompt);
                case "suffix" -> suffix = input.string(suffix);
                default -> {}
            }
        }
    }

    void handle(Exchange exchange) {
        Body body = new Body();
        OpenAiBodies.read(exchange, "CompletionRequest", body::field);
        if (body.prompt.isEmpty()) {
            throw new ApiFailure(400, "prompt is required");
        }
        GenerateRequest request = new GenerateRequest(
                body.model,
                body.prompt,
                body.suffix.isEmpty() ? Optional.empty() : Optional.of(body.suffix),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                body.sampling.settings(),
                RequestContexts.of(exchange));
        answers.run(
                exchange,
                body.model,
                router -> router.generate(request),
                new CompletionAnswer(exchange, body.model, body.streaming, clock));
    }
}
