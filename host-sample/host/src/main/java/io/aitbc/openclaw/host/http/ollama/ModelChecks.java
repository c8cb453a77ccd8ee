package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Failures;
import io.aitbc.openclaw.host.http.answer.ModelNames;
import io.aitbc.openclaw.host.http.answer.Models;
import java.util.function.Function;

/** What a model cannot do, in Ollama's words. Looks a model up only where the answer depends on it. */
final class ModelChecks {
    private final Models models;

    ModelChecks(Models models) {
        this.models = models;
    }

    void requireThinking(String model) {
        if (!find(model).descriptor().can(Capability.THINKING)) {
            throw new ApiFailure(400, "\"%s\" does not support thinking".formatted(model));
        }
    }

    void requireInsert(String model) {
        if (!find(model).descriptor().can(Capability.INSERT)) {
            throw new ApiFailure(400, ModelNames.full(model) + " does not support insert");
        }
    }

    private Models.Found find(String model) {
        return models.find(model).orElseThrow(() -> Failures.modelNotFound(model));
    }

    /** Settings of a request; a model that does not exist is reported before options that are wrong, as Ollama does. */
    InferenceSettings settings(SharedFields shared) {
        try {
            return shared.settings();
        } catch (ApiFailure e) {
            find(shared.model);
            throw e;
        }
    }

    /** Starts an answer; when that fails because the model cannot do it at all, says so as Ollama would. */
    Function<InferenceRouter, InferenceStream> explained(
            String task, String model, Function<InferenceRouter, InferenceStream> start) {
        return router -> {
            try {
                return start.apply(router);
            } catch (OpenClawException e) {
                throw explain(task, model, e);
            }
        };
    }

    private RuntimeException explain(String task, String model, OpenClawException failure) {
        if (failure.code() == ErrorCode.UNSUPPORTED
                && failure.upstreamStatus().isEmpty()
                && !models.find(model)
                        .map(found -> found.descriptor().can(Capability.COMPLETION))
                        .orElse(true)) {
            return new ApiFailure(400, "\"%s\" does not support %s".formatted(model, task));
        }
        return failure;
    }
}
