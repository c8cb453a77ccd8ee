package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.Asked;
import io.aitbc.openclaw.host.http.answer.EmbedCalls;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Endpoint;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Ollama's endpoints. */
public final class OllamaApi {
    private final Models models;
    private final Answers answers;
    private final Consumer<Asked> ready;
    private final String version;
    private final InstantSource clock;

    /** @param ready returns when everything is loaded that has a say in an answer */
    public OllamaApi(Models models, Answers answers, Consumer<Asked> ready, String version, InstantSource clock) {
        this.ready = ready;
        this.models = models;
        this.answers = answers;
        this.version = version;
        this.clock = clock;
    }

    public void addTo(Routes routes) {
        ModelChecks checks = new ModelChecks(models);
        LoadRequests loads = new LoadRequests(answers, models);
        ModelEndpoints modelEndpoints = new ModelEndpoints(models, answers);
        readEarly(routes, "/", exchange -> exchange.send(200, Exchange.TEXT, "Ollama is running"));
        readEarly(routes, "/api/version", this::version);
        read(routes, "/api/tags", modelEndpoints::tags);
        get(
                routes,
                "/api/status",
                exchange -> exchange.send(200, Exchange.JSON, "{\"cloud\":{\"disabled\":true,\"source\":\"env\"}}"));
        get(routes, "/api/ps", modelEndpoints::ps);
        addStore(routes);
        EmbedEndpoints embeds = new EmbedEndpoints(new EmbedCalls(answers, models));
        post(routes, "/api/embed", embeds::embed);
        post(routes, "/api/embeddings", embeds::legacy);
        post(routes, "/api/show", modelEndpoints::show);
        postEarly(routes, "/api/chat", new ChatEndpoint(answers, loads, checks, ready, clock)::handle);
        post(routes, "/api/v1/openclaw/preview", new PreviewEndpoint(answers, models, checks)::handle);
        postEarly(routes, "/api/generate", new GenerateEndpoint(answers, loads, checks, ready, clock)::handle);
    }

    private void addStore(Routes routes) {
        StoreEndpoints store = new StoreEndpoints(models, answers);
        post(routes, "/api/pull", store::pull);
        post(routes, "/api/create", store::create);
        post(routes, "/api/copy", store::copy);
        post(routes, StoreEndpoints.BLOBS + "*", store::putBlob);
        routes.add("HEAD", StoreEndpoints.BLOBS + "*", Routes.Style.OLLAMA, store::hasBlob);
        routes.add("DELETE", "/api/delete", Routes.Style.OLLAMA, store::delete);
    }

    private static void read(Routes routes, String path, Endpoint endpoint) {
        get(routes, path, endpoint);
        routes.add("HEAD", path, Routes.Style.OLLAMA, endpoint);
    }

    private static void readEarly(Routes routes, String path, Endpoint endpoint) {
        routes.addEarly("GET", path, Routes.Style.OLLAMA, endpoint);
        routes.addEarly("HEAD", path, Routes.Style.OLLAMA, endpoint);
    }

    private static void postEarly(Routes routes, String path, Endpoint endpoint) {
        routes.addEarly("POST", path, Routes.Style.OLLAMA, endpoint);
    }

    private static void get(Routes routes, String path, Endpoint endpoint) {
        routes.add("GET", path, Routes.Style.OLLAMA, endpoint);
    }

    private static void post(Routes routes, String path, Endpoint endpoint) {
        routes.add("POST", path, Routes.Style.OLLAMA, endpoint);
    }

    private void version(Exchange exchange) {
        JsonOutput out = new JsonOutput();
        out.startObject().field("version", version).endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }
}
