package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.RouteCandidate;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Metadata;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.answer.RequestContexts;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * {@code POST /api/v1/openclaw/preview}: takes the body and the headers of a chat or a generate request, and shows whom it
 * would be given to, in which order, and exactly what each would read. Nothing is sent.
 */
final class PreviewEndpoint {
    /** A token is about four characters of English. */
    private static final int BYTES_PER_TOKEN = 4;

    private final Answers answers;
    private final Models models;
    private final ModelChecks checks;

    PreviewEndpoint(Answers answers, Models models, ModelChecks checks) {
        this.answers = answers;
        this.models = models;
        this.checks = checks;
    }

    /** Asks a provider what would leave, under the name the model has there. */
    private interface Preview extends BiFunction<InferenceProvider, String, Optional<Departure>> {}

    void handle(Exchange exchange) {
        byte[] bytes = exchange.body();
        RequestContext context = RequestContexts.of(exchange);
        ChatEndpoint.Body chat = new ChatEndpoint.Body();
        Bodies.read(bytes, "ChatRequest", chat::field);
        Set<Capability> needs = EnumSet.of(Capability.COMPLETION);
        if (!chat.tools.isEmpty()) {
            needs.add(Capability.TOOLS);
        }
        if (!chat.messages.isEmpty()) {
            ChatRequest request = chat.request(checks.settings(chat.shared), context);
            answer(
                    exchange,
                    query(chat.shared, bytes.length, needs, context),
                    (provider, model) -> provider.preview(request.withModel(model)));
            return;
        }
        GenerateEndpoint.Body generate = new GenerateEndpoint.Body();
        Bodies.read(bytes, "GenerateRequest", generate::field);
        if (generate.prompt.isEmpty()) {
            throw new ApiFailure(400, "messages or prompt is required");
        }
        GenerateRequest request = generate.request(checks.settings(generate.shared), context);
        answer(
                exchange,
                query(generate.shared, bytes.length, needs, context),
                (provider, model) -> provider.preview(request.withModel(model)));
    }

    private static RouteQuery query(SharedFields shared, int bytes, Set<Capability> needs, RequestContext context) {
        if (shared.model.isEmpty()) {
            throw new ApiFailure(400, "model is required");
        }
        return new RouteQuery(
                shared.model,
                shared.options.numCtx(),
                bytes / BYTES_PER_TOKEN,
                shared.options.numPredict(),
                needs,
                shared.options.values().keySet(),
                context);
    }

    private void answer(Exchange exchange, RouteQuery query, Preview preview) {
        JsonOutput out = new JsonOutput();
        answers.call(exchange, query.model(), router -> {
            RoutePlan plan = router.plan(query);
            out.startObject().field("reason", plan.reason()).startArray("asked");
            plan.candidates().stream().filter(RouteCandidate::eligible).forEach(candidate -> {
                out.startObject()
                        .field("provider", candidate.provider())
                        .field("model", candidate.model())
                        .field("placement", candidate.placement().name().toLowerCase(Locale.ROOT));
                departure(out, candidate, preview);
                out.endObject();
            });
            return out.endArray().endObject();
        });
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private void departure(JsonOutput out, RouteCandidate candidate, Preview preview) {
        if (candidate.placement() == Placement.LOCAL) {
            out.field("leaves", false);
            return;
        }
        try {
            Optional<Departure> departure = models.providers().stream()
                    .filter(provider -> provider.id().equals(candidate.provider()))
                    .findFirst()
                    .flatMap(provider -> preview.apply(provider, candidate.model()));
            // A network that cannot say what it sends is assumed to send everything.
            out.field("leaves", true);
            departure.ifPresentOrElse(
                    leaving -> {
                        out.field("transport", leaving.transport())
                                .field("destination", leaving.destination())
                                .field("text", leaving.text());
                        Metadata.redactions(out, leaving.redactions());
                    },
                    () -> out.field("note", "this network does not say what it sends"));
        } catch (OpenClawException e) {
            out.field("leaves", false).field("note", e.getMessage());
        }
    }
}
