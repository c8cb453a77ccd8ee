package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.Asked;
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
    private final Consumer<Asked> ready;
    private final InstantSource clock;

    /** @param ready returns when everything is loaded that has a say in an answer */
    public OpenAiApi(Models models, Answers answers, Consumer<Asked> ready, InstantSource clock) {
        this.ready = ready;
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
                new ChatCompletions(answers, ready, clock)::handle);
        post(routes, "/v1/completions", new Completions(answers, clock)::handle);
        post(routes, "/v1/embeddings", new OpenAiEmbeddings(new EmbedCalls(answers, models))::handle);
        post(routes, "/v1/responses", new Responses(answers, clock)::handle);
    }

    private static void post(Routes routes, String path, Endpoint endpoint) {
        routes.add("POST", path, Routes.Style.OPENAI, endpoint);
    }
}
