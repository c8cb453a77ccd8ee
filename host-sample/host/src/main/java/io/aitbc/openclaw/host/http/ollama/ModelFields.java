package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelOffer;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import java.util.Arrays;

/** Fields that describe a model in several replies. What is not known is empty or left out, as Ollama does it. */
final class ModelFields {
    private ModelFields() {}

    /** Where a model of a network really is. */
    static void remote(JsonOutput out, ModelDescriptor model) {
        if (Models.isNetwork(model)) {
            out.field("remote_model", remoteModel(model));
            out.field("remote_host", model.providerId());
        }
    }

    private static String remoteModel(ModelDescriptor model) {
        return model.offers().stream()
                .findFirst()
                .map(ModelOffer::remoteModel)
                .orElse(model.name().substring(model.name().indexOf('/') + 1));
    }

    static void modifiedAt(JsonOutput out, ModelDescriptor model) {
        out.field("modified_at", model.modifiedAt().map(GoTime::text).orElse(GoTime.ZERO));
    }

    /** @param lengths whether context and embedding length belong to it */
    static void details(JsonOutput out, ModelDescriptor model, boolean lengths) {
        out.startObject("details");
        out.field("parent_model", "");
        out.field("format", model.format().orElse(""));
        out.field("family", model.family().orElse(""));
        out.startArray("families");
        model.family().ifPresent(out::value);
        out.endArray();
        out.field("parameter_size", model.parameterSize().orElse(""));
        out.field("quantization_level", model.quantization().orElse(""));
        if (lengths) {
            model.contextLength().ifPresent(length -> out.field("context_length", length));
            model.embeddingLength().ifPresent(length -> out.field("embedding_length", length));
        }
        out.endObject();
    }

    static void capabilities(JsonOutput out, ModelDescriptor model) {
        out.startArray("capabilities");
        Arrays.stream(Capability.values())
                .filter(model::can)
                .map(Capability::wireName)
                .forEach(out::value);
        out.endArray();
    }
}
