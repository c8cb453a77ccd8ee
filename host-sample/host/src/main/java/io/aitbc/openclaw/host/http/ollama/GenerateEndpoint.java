package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Asked;
import io.aitbc.openclaw.host.http.answer.Failures;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code POST /api/generate}. */
final class GenerateEndpoint {
    private final Answers answers;
    private final LoadRequests loads;
    private final ModelChecks checks;
    private final Consumer<Asked> ready;
    private final InstantSource clock;

    GenerateEndpoint(
            Answers answers, LoadRequests loads, ModelChecks checks, Consumer<Asked> ready, InstantSource clock) {
        this.ready = ready;
        this.answers = answers;
        this.loads = loads;
        this.checks = checks;
        this.clock = clock;
    }

    static final class Body {
        final SharedFields shared = new SharedFields();
        String prompt = "";
        String suffix = "";
        String system = "";
        String template = "";
        boolean raw;
        final List<Integer> context = new ArrayList<>();
        List<String> images = List.of();

        void field(String name, JsonInput input) {
            if (shared.read(name, input)) {
                return;
            }
            switch (name) {
                case "prompt" -> prompt = input.string(prompt);
                case "suffix" -> suffix = input.string(suffix);
                case "system" -> system = input.string(system);
                case "template" -> template = input.string(template);
                case "raw" -> raw = input.flag(raw);
                case "context" -> input.list("[]int", () -> input.integer().ifPresent(context::add));
                case "images" -> images = SharedFields.images(input);
                default -> {}
            }
        }

        GenerateRequest request(InferenceSettings settings, RequestContext asker) {
            return new GenerateRequest(
                    shared.model,
                    prompt,
                    present(suffix),
                    present(system),
                    present(template),
                    context,
                    raw,
                    images,
                    settings,
                    asker);
        }
    }

    void handle(Exchange exchange) {
        Body body = new Body();
        Bodies.read(exchange, "GenerateRequest", body::field);
        SharedFields shared = body.shared;
        shared.checkLogprobs();
        shared.checkDebugging();
        if (shared.model.isEmpty()) {
            throw Failures.modelNotFound("");
        }
        if (body.raw && (!body.template.isEmpty() || !body.system.isEmpty() || !body.context.isEmpty())) {
            throw new ApiFailure(400, "raw mode does not support template, system, or context");
        }
        ready.accept(Asked.generate(
                shared.model, shared.options, !body.images.isEmpty(), !body.suffix.isEmpty(), shared.think()));
        boolean load = body.prompt.isEmpty() && body.suffix.isEmpty();
        OllamaAnswer answer = new OllamaAnswer(exchange, shared.model, false, shared.stream && !load, clock);
        if (load) {
            loads.handle(exchange, shared, answer);
            return;
        }
        if (shared.wantsThinking()) {
            checks.requireThinking(shared.model);
        }
        if (!body.suffix.isEmpty()) {
            checks.requireInsert(shared.model);
        }
        GenerateRequest request = body.request(checks.settings(shared), RequestContexts.of(exchange));
        answers.run(
                exchange,
                shared.model,
                checks.explained("generate", shared.model, router -> router.generate(request)),
                answer);
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
