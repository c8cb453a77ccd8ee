package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelStore;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Failures;
import io.aitbc.openclaw.host.http.answer.ModelNames;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Pull, delete, copy, create and blobs, where a local engine can store models. */
final class StoreEndpoints {
    private static final Pattern DIGEST = Pattern.compile("sha256[:-][0-9a-fA-F]{64}");
    static final String BLOBS = "/api/blobs/";

    private final Models models;
    private final Answers answers;

    StoreEndpoints(Models models, Answers answers) {
        this.models = models;
        this.answers = answers;
    }

    private static final class Body {
        String model = "";
        String name = "";
        String source = "";
        String destination = "";
        boolean insecure;
        boolean stream = true;
        String from = "";
        boolean hasFrom;

        void field(String field, JsonInput input) {
            switch (field) {
                case "model" -> model = input.string(model);
                case "name" -> name = input.string(name);
                case "source" -> source = input.string(source);
                case "destination" -> destination = input.string(destination);
                case "insecure" -> insecure = input.flag(insecure);
                case "stream" -> stream = input.flag(stream);
                default -> {}
            }
        }

        /** Fields whose values only the engine reads; here only their types are checked. */
        void creation(String field, JsonInput input) {
            switch (field) {
                case "from" -> {
                    hasFrom |= input.kind() != JsonInput.Kind.NULL;
                    from = input.string(from);
                }
                case "files" -> {
                    hasFrom |= input.kind() != JsonInput.Kind.NULL;
                    input.object("map[string]string", file -> input.string(""));
                }
                case "system", "template", "quantize" -> input.string("");
                case "parameters" -> input.map(parameter -> {});
                default -> field(field, input);
            }
        }

        String modelOrName() {
            return model.isEmpty() ? name : model;
        }
    }

    void pull(Exchange exchange) {
        Body body = new Body();
        Bodies.read(exchange, "PullRequest", body::field);
        String model = validName(body);
        ProgressLines lines = new ProgressLines(exchange, body.stream);
        run(exchange, model, lines, store -> store.pull(model, body.insecure, lines));
    }

    void create(Exchange exchange) {
        Body body = new Body();
        byte[] bytes = exchange.body();
        Bodies.read(bytes, "CreateRequest", body::creation);
        String model = validName(body);
        if (!body.hasFrom) {
            throw new ApiFailure(400, "neither 'from' or 'files' was specified");
        }
        ProgressLines lines = new ProgressLines(exchange, body.stream);
        String json = new String(bytes, StandardCharsets.UTF_8);
        run(exchange, body.from.isEmpty() ? model : body.from, lines, store -> store.create(model, json, lines));
    }

    private static String validName(Body body) {
        if (!ModelNames.isValid(body.modelOrName())) {
            throw new ApiFailure(400, "invalid model name");
        }
        return body.modelOrName();
    }

    /**
     * Tries the stores in turn: one that cannot do it at all says so before any progress.
     *
     * @param model that may be missing, for error texts
     */
    private void run(Exchange exchange, String model, ProgressLines lines, Consumer<ModelStore> task) {
        try {
            answers.call(exchange, model, router -> {
                OpenClawException last = noStore();
                for (ModelStore store : stores()) {
                    try {
                        task.accept(store);
                        return true;
                    } catch (OpenClawException e) {
                        if (e.code() != ErrorCode.UNSUPPORTED || !lines.isEmpty()) {
                            throw e;
                        }
                        last = e;
                    }
                }
                throw last;
            });
        } catch (ApiFailure e) {
            lines.failed(e);
            return;
        }
        lines.succeeded();
    }

    private List<ModelStore> stores() {
        return models.engines().stream()
                .map(LocalEngine::store)
                .flatMap(Optional::stream)
                .toList();
    }

    private static OpenClawException noStore() {
        return new OpenClawException(ErrorCode.UNSUPPORTED, "no local engine here can store models");
    }

    void delete(Exchange exchange) {
        Body body = new Body();
        Bodies.read(exchange, "DeleteRequest", body::field);
        String name = body.modelOrName();
        if (!ModelNames.isValid(name)) {
            throw new ApiFailure(400, "name \"%s\" is invalid".formatted(name));
        }
        answers.call(exchange, name, router -> {
            storeOf(name).orElseThrow(() -> Failures.modelNotFound(name)).delete(name);
            return true;
        });
        exchange.send(200);
    }

    void copy(Exchange exchange) {
        Body body = new Body();
        Bodies.read(exchange, "CopyRequest", body::field);
        if (!ModelNames.isValid(body.source)) {
            throw new ApiFailure(400, "source \"%s\" is invalid".formatted(body.source));
        }
        if (!ModelNames.isValid(body.destination)) {
            throw new ApiFailure(400, "destination \"%s\" is invalid".formatted(body.destination));
        }
        answers.call(exchange, body.source, router -> {
            storeOf(body.source)
                    .orElseThrow(() -> new ApiFailure(404, "model \"%s\" not found".formatted(body.source)))
                    .copy(body.source, body.destination);
            return true;
        });
        exchange.send(200);
    }

    /** The store of the engine that has a model; empty when none has it. */
    private Optional<ModelStore> storeOf(String model) {
        return models.engineOf(model).map(engine -> engine.store().orElseThrow(StoreEndpoints::noStore));
    }

    void hasBlob(Exchange exchange) {
        String digest = digest(exchange);
        exchange.send(stores().stream().anyMatch(store -> store.hasBlob(digest)) ? 200 : 404);
    }

    void putBlob(Exchange exchange) {
        String digest = digest(exchange);
        ModelStore store = stores().stream().findFirst().orElseThrow(StoreEndpoints::noStore);
        // No work that is watched for the client's leaving: reading the body is what notices it.
        boolean stored = store.putBlob(digest, exchange.bodyStream());
        if (!stored) {
            exchange.closeAfterwards();
        }
        exchange.send(stored ? 201 : 200);
    }

    private static String digest(Exchange exchange) {
        String digest = exchange.path().substring(BLOBS.length());
        if (!DIGEST.matcher(digest).matches()) {
            throw new ApiFailure(400, "invalid digest format");
        }
        return digest.replace('-', ':');
    }
}
