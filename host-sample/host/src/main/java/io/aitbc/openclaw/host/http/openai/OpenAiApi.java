package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.EmbedCalls;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.wire.Endpoint;
import io.aitbc.openclaw.host.http.wire.Routes;
import java.time.InstantSource;
import java.util.function.Consumer;

/** OpenAI's endpoints. */
public final class OpenAiApi {
    private final Models models;
    private final Answers answers;
    private final Consumer<String> awaitModel;
    private final InstantSource clock;

    /** @param awaitModel returns when everything that answers for a model is loaded */
    public OpenAiApi(Models models, Answers answers, Consumer<String> awaitModel, InstantSource clock) {
        this.awaitModel = awaitModel;
        this.models = models;
        this.answers = answers;
        this.clock = clock;
    }

    public void addTo(Routes routes) {
        OpenAiModels openAiModels = new OpenAiModels(models);
        routes.add("GET", "/v1/models", Routes.Style.OPENAI, openAiModels::list);
        routes.add("GET", OpenAiModels.ONE + "*", Routes.Style.OPENAI, openAiModels::one);
        routes.addEarly(
                "POST",
                "/v1/chat/completions",
                Routes.Style.OPENAI,
                new ChatCompletions(answers, awaitModel, clock)::handle);
        post(routes, "/v1/completions", new Completions(answers, clock)::handle);
        post(routes, "/v1/embeddings", new OpenAiEmbeddings(new EmbedCalls(answers, models))::handle);
        post(routes, "/v1/responses", new Responses(answers, clock)::handle);
    }

    private static void post(Routes routes, String path, Endpoint endpoint) {
        routes.add("POST", path, Routes.Style.OPENAI, endpoint);
    }
}
