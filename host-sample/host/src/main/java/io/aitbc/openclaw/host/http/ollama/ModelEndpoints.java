package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Failures;
import io.aitbc.openclaw.host.http.answer.ModelNames;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/tags}, {@code /api/show} and {@code /api/ps}. */
final class ModelEndpoints {
    /** Arrays of metadata longer than this are null unless a client asks for all of it. */
    private static final int LONG_ARRAY = 5;

    private static final String ARCHITECTURE = "general.architecture";

    private final Models models;
    private final Answers answers;

    ModelEndpoints(Models models, Answers answers) {
        this.models = models;
        this.answers = answers;
    }

    /** Local models newest first, then those of networks. */
    void tags(Exchange exchange) {
        List<ModelDescriptor> rows = new ArrayList<>();
        models.all().forEach(found -> rows.add(found.descriptor()));
        rows.sort(Comparator.comparing(Models::isNetwork)
                .thenComparing(row -> row.modifiedAt().orElse(Instant.MIN), Comparator.reverseOrder()));
        JsonOutput out = new JsonOutput();
        out.startObject().startArray("models");
        rows.forEach(row -> tag(out, row));
        out.endArray().endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static void tag(JsonOutput out, ModelDescriptor model) {
        out.startObject().field("name", model.name()).field("model", model.name());
        ModelFields.remote(out, model);
        ModelFields.modifiedAt(out, model);
        out.field("size", model.sizeBytes().orElse(0))
                .field("digest", model.digest().orElse(""));
        ModelFields.details(out, model, true);
        ModelFields.capabilities(out, model);
        out.endObject();
    }

    private static final class ShowBody {
        String model = "";
        String name = "";
        boolean verbose;

        void field(String field, JsonInput input) {
            switch (field) {
                case "model" -> model = input.string(model);
                case "name" -> name = input.string(name);
                case "verbose" -> verbose = input.flag(verbose);
                default -> {}
            }
        }
    }

    void show(Exchange exchange) {
        ShowBody body = new ShowBody();
        Bodies.read(exchange, "ShowRequest", body::field);
        String name = body.model.isEmpty() ? body.name : body.model;
        if (name.isEmpty()) {
            throw new ApiFailure(400, "model is required");
        }
        if (!ModelNames.isValid(name)) {
            throw new ApiFailure(400, "invalid model name");
        }
        String tagged = ModelNames.withTag(name);
        ModelDetails details = answers.call(
                exchange,
                tagged,
                router -> models.find(name)
                        .flatMap(found -> found.provider().show(name, body.verbose))
                        .orElseThrow(() -> Failures.modelNotFound(tagged)));
        JsonOutput out = new JsonOutput();
        out.startObject();
        show(out, details, body.verbose);
        out.endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static void show(JsonOutput out, ModelDetails details, boolean verbose) {
        ModelDescriptor model = details.descriptor();
        details.license().ifPresent(license -> out.field("license", license));
        out.field("modelfile", details.modelfile().orElse(""));
        details.parameters().ifPresent(parameters -> out.field("parameters", parameters));
        out.field("template", details.template());
        details.system().ifPresent(system -> out.field("system", system));
        ModelFields.details(out, model, false);
        ModelFields.remote(out, model);
        out.startObject("model_info");
        info(out, details, verbose);
        out.endObject();
        if (!details.tensors().isEmpty()) {
            tensors(out, details.tensors());
        }
        ModelFields.capabilities(out, model);
        ModelFields.modifiedAt(out, model);
    }

    /** OpenClaw reads the context length here, under the name of the architecture. */
    private static void info(JsonOutput out, ModelDetails details, boolean verbose) {
        Map<String, Object> info = details.info();
        ModelDescriptor model = details.descriptor();
        Optional<String> architecture = Optional.ofNullable(info.get(ARCHITECTURE))
                .map(Object::toString)
                .or(model::family);
        if (!info.containsKey(ARCHITECTURE)) {
            architecture.ifPresent(name -> out.field(ARCHITECTURE, name));
        }
        info.forEach((key, value) -> {
            if (!verbose && value instanceof List<?> items && items.size() > LONG_ARRAY) {
                out.nullField(key);
            } else {
                out.field(key, value);
            }
        });
        if (info.keySet().stream().noneMatch(key -> key.endsWith(".context_length"))) {
            architecture.ifPresent(
                    name -> model.contextLength().ifPresent(length -> out.field(name + ".context_length", length)));
        }
    }

    private static void tensors(JsonOutput out, List<ModelDetails.TensorInfo> tensors) {
        out.startArray("tensors");
        for (ModelDetails.TensorInfo tensor : tensors) {
            out.startObject().field("name", tensor.name()).field("type", tensor.type());
            out.startArray("shape");
            tensor.shape().forEach(dimension -> out.value((long) dimension));
            out.endArray().endObject();
        }
        out.endArray();
    }

    /** What is in memory, longest stay first. */
    void ps(Exchange exchange) {
        List<LoadedModel> loaded = new ArrayList<>();
        answers.call(exchange, "", router -> {
            for (LocalEngine engine : models.engines()) {
                loaded.addAll(engine.loaded());
            }
            return true;
        });
        loaded.sort(Comparator.comparing(LoadedModel::expiresAt).reversed());
        JsonOutput out = new JsonOutput();
        out.startObject().startArray("models");
        loaded.forEach(row -> loaded(out, row));
        out.endArray().endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static void loaded(JsonOutput out, LoadedModel row) {
        ModelDescriptor model = row.model();
        out.startObject()
                .field("name", model.name())
                .field("model", model.name())
                .field("size", row.memoryBytes())
                .field("digest", model.digest().orElse(""));
        ModelFields.details(out, model, false);
        out.field("expires_at", GoTime.text(row.expiresAt()))
                .field("size_vram", row.vramBytes())
                .field("context_length", row.contextLength())
                .endObject();
    }
}
