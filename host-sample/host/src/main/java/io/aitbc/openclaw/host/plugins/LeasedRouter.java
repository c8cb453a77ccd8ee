package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;

final class LeasedRouter extends LeasedExtension<InferenceRouter> implements InferenceRouter {
    LeasedRouter(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(InferenceRouter.class, id));
    }

    @Override
    public RoutePlan plan(RouteQuery query) {
        return call("plan", router -> router.plan(query));
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        return callWith("chat", (router, generation) -> LeasedStream.open(generation, router.chat(request), "chat"));
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        return callWith(
                "generate",
                (router, generation) -> LeasedStream.open(generation, router.generate(request), "generate"));
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        return call("embed", router -> router.embed(request));
    }
}
