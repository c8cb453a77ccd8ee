package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.RouteCandidate;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;
import io.aitbc.openclaw.api.inference.RouteStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Serves when no router is loaded: the first local engine that has the model, else the first network. No failover. */
final class DirectRouter implements InferenceRouter {
    private final Models models;

    DirectRouter(Models models) {
        this.models = models;
    }

    @Override
    public String id() {
        return "direct";
    }

    @Override
    public RoutePlan plan(RouteQuery query) {
        List<RouteCandidate> candidates = new ArrayList<>();
        for (InferenceProvider provider : models.providers()) {
            provider.find(query.model())
                    .ifPresent(model -> candidates.add(candidate(provider, model, query, candidates.isEmpty())));
        }
        if (candidates.isEmpty()) {
            throw notFound(query.model());
        }
        RouteCandidate first = candidates.getFirst();
        return new RoutePlan(strategy(first.placement()), reason(first.placement()), candidates);
    }

    private static RouteCandidate candidate(
            InferenceProvider provider, ModelDescriptor model, RouteQuery query, boolean first) {
        OptionalLong memory = provider instanceof LocalEngine engine
                ? engine.memoryNeedBytes(model.name(), query.numCtx())
                : OptionalLong.empty();
        boolean allowed = isAllowed(provider, query.context());
        String note =
                !allowed ? "the request must stay local" : first ? "has the model" : "not tried: no router is loaded";
        return new RouteCandidate(
                provider.id(),
                model.name(),
                provider.placement(),
                memory,
                provider.quote(query),
                first && allowed,
                note);
    }

    private static boolean isAllowed(InferenceProvider provider, RequestContext context) {
        return provider.placement() == Placement.LOCAL
                || switch (context.privacy()) {
                    case LOCAL_ONLY -> false;
                    case REDACTED -> provider.redacts();
                    case NETWORK_ALLOWED -> true;
                };
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        InferenceProvider provider = choose(request.model(), request.context());
        return new Routed(provider.chat(request), decision(provider, request.model()));
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        InferenceProvider provider = choose(request.model(), request.context());
        return new Routed(provider.generate(request), decision(provider, request.model()));
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        InferenceProvider provider = choose(request.model(), request.context());
        return provider.embed(request).withRoute(decision(provider, request.model()));
    }

    private InferenceProvider choose(String model, RequestContext context) {
        Optional<Models.Found> found = models.find(model);
        return found.map(Models.Found::provider)
                .filter(provider -> isAllowed(provider, context))
                .orElseThrow(() -> notFound(model));
    }

    private static OpenClawException notFound(String model) {
        return new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(model));
    }

    private static RouteDecision decision(InferenceProvider provider, String model) {
        return new RouteDecision(
                strategy(provider.placement()), reason(provider.placement()), provider.id(), model, List.of());
    }

    private static RouteStrategy strategy(Placement placement) {
        return placement == Placement.LOCAL ? RouteStrategy.LOCAL : RouteStrategy.AITBC;
    }

    private static String reason(Placement placement) {
        return placement == Placement.LOCAL
                ? "a local engine has the model; no router is loaded"
                : "only the network has the model; no router is loaded";
    }

    /** Adds to the last event how it was routed. */
    private record Routed(InferenceStream stream, RouteDecision decision) implements InferenceStream {
        @Override
        public InferenceEvent next() {
            InferenceEvent event = stream.next();
            return event instanceof InferenceEvent.Finished finished ? finished.withRoute(decision) : event;
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
