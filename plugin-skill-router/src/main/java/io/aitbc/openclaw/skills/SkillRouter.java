package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;
import java.time.Duration;
import java.util.function.Function;

/** Local first; the network when the model is only there, or does not fit, or the local engine fails. */
final class SkillRouter implements InferenceRouter {
    private static final Duration WATCH_PERIOD = Duration.ofMillis(100);

    private final Planner planner;
    private final DeadlineWatch watch;
    private final Attempts attempts;
    private final EmbedRun embedRun;

    SkillRouter(PluginContext context) {
        RouterSettings settings = RouterSettings.from(context.config());
        Breakers breakers = new Breakers(context.clock());
        MemoryCheck memory = new MemoryCheck(settings.maxLocalMemory(), context.clock());
        this.planner = new Planner(context.extensions(), settings, memory, breakers);
        this.watch = new DeadlineWatch(context.scheduler(), context.executor(), WATCH_PERIOD);
        this.attempts = new Attempts(settings, breakers, watch);
        this.embedRun = new EmbedRun(context.executor(), settings.embedTimeout(), breakers);
    }

    @Override
    public String id() {
        return "skill-router";
    }

    @Override
    public RoutePlan plan(RouteQuery query) {
        Plan plan = planner.plan(query, true);
        if (plan.order().isEmpty() && plan.others().isEmpty()) {
            throw plan.refusal();
        }
        return plan.shown();
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        return run(
                Queries.of(request),
                candidate -> candidate
                        .provider()
                        .chat(request.withModel(candidate.model().name())));
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        return run(
                Queries.of(request),
                candidate -> candidate
                        .provider()
                        .generate(request.withModel(candidate.model().name())));
    }

    private InferenceStream run(RouteQuery query, Function<Candidate, InferenceStream> opening) {
        return new RoutedStream(runnable(query), query.context().requestId(), opening, attempts);
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        return embedRun.run(runnable(Queries.of(request)), request);
    }

    private Plan runnable(RouteQuery query) {
        if (query.model().isBlank()) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "model is required");
        }
        Plan plan = planner.plan(query, false);
        if (plan.order().isEmpty()) {
            throw plan.refusal();
        }
        return plan;
    }

    @Override
    public void close() {
        watch.close();
    }
}
