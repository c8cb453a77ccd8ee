package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.Failures;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.time.Duration;
import java.util.Optional;

/** Requests without a prompt: they load a model, or unload it when {@code keep_alive} is 0. */
final class LoadRequests {
    private final Answers answers;
    private final Models models;

    LoadRequests(Answers answers, Models models) {
        this.answers = answers;
        this.models = models;
    }

    void handle(Exchange exchange, SharedFields shared, OllamaAnswer answer) {
        boolean unload = shared.keepAlive.filter(Duration::isZero).isPresent();
        answers.call(exchange, shared.model, router -> {
            Optional<LocalEngine> engine = models.engineOf(shared.model);
            if (engine.isEmpty() && models.find(shared.model).isEmpty()) {
                throw Failures.modelNotFound(shared.model);
            }
            // A model of a network is always ready, so there is nothing to do for it.
            engine.ifPresent(local -> {
                if (unload) {
                    local.unload(shared.model);
                } else {
                    local.load(shared.model, shared.options, shared.keepAlive);
                }
            });
            return true;
        });
        answer.loaded(unload ? "unload" : "load");
    }
}
