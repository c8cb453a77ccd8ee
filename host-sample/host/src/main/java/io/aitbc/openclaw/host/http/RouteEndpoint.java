package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.RouteCandidate;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.OptionTypes;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.json.JsonFailure;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.util.EnumSet;
import java.util.Set;

/** Explains what would happen to a request, without doing it. Takes the body of a chat or a generate request. */
final class RouteEndpoint {
    /** A token is about four characters of English. */
    private static final int BYTES_PER_TOKEN = 4;

    private final Answers answers;

    RouteEndpoint(Answers answers) {
        this.answers = answers;
    }

    private static final class Body {
        String model = "";
        GenerationOptions options = GenerationOptions.none();
        final Set<Capability> needs = EnumSet.of(Capability.COMPLETION);
        int promptBytes;

        void field(String name, JsonInput input) {
            switch (name) {
                case "model" -> model = input.string(model);
                case "options" -> options = OptionTypes.read(input);
                case "prompt", "messages" -> promptBytes += input.raw().length();
                case "tools" -> {
                    int before = promptBytes;
                    promptBytes += input.raw().length();
                    if (promptBytes - before > "[]".length()) {
                        needs.add(Capability.TOOLS);
                    }
                }
                default -> {}
            }
        }
    }

    void handle(Exchange exchange) {
        Body body = new Body();
        byte[] bytes = exchange.body();
        try {
            JsonInput.read(bytes, bytes.length, "RouteRequest", body::field);
        } catch (JsonInput.Missing e) {
            throw new ApiFailure(400, "missing request body");
        } catch (JsonFailure e) {
            throw new ApiFailure(400, String.valueOf(e.getMessage()));
        }
        if (body.model.isEmpty()) {
            throw new ApiFailure(400, "model is required");
        }
        OptionTypes.check(body.options);
        RouteQuery query = new RouteQuery(
                body.model,
                body.options.numCtx(),
                body.promptBytes / BYTES_PER_TOKEN,
                body.options.numPredict(),
                body.needs,
                body.options.values().keySet(),
                RequestContexts.of(exchange));
        RoutePlan plan = answers.call(exchange, body.model, router -> router.plan(query));
        JsonOutput out = new JsonOutput();
        out.startObject();
        write(out, plan);
        out.endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static void write(JsonOutput out, RoutePlan plan) {
        out.field("route", plan.strategy().wireName()).field("reason", plan.reason());
        out.startArray("candidates");
        for (RouteCandidate candidate : plan.candidates()) {
            out.startObject()
                    .field("provider", candidate.provider())
                    .field("model", candidate.model())
                    .field("placement", candidate.placement().name().toLowerCase(java.util.Locale.ROOT));
            candidate.memoryNeedBytes().ifPresent(bytes -> out.field("memory_need_bytes", bytes));
            candidate.price().ifPresent(price -> OpenClawApi.amount(out, "most_it_may_cost", price));
            out.field("eligible", candidate.eligible())
                    .field("note", candidate.note())
                    .endObject();
        }
        out.endArray();
    }
}
