package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.util.Optional;

/** Embeds texts, with the errors Ollama gives for it. */
public final class EmbedCalls {
    private static final String NOT_FOR_THIS_MODEL =
            "This server does not support embeddings. Start it with `--embeddings`";

    private final Answers answers;
    private final Models models;

    public EmbedCalls(Answers answers, Models models) {
        this.answers = answers;
        this.models = models;
    }

    /** Empty when there is no text to embed, for which the model only has to exist. */
    public Optional<Embeddings> embed(Exchange exchange, EmbedRequest request) {
        OptionTypes.check(request.options());
        return answers.call(exchange, request.model(), router -> {
            if (request.model().isEmpty()
                    || (request.inputs().isEmpty()
                            && models.find(request.model()).isEmpty())) {
                throw notFound(request.model());
            }
            if (request.inputs().isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(router.embed(request));
            } catch (OpenClawException e) {
                throw explained(request.model(), e);
            }
        });
    }

    private static RuntimeException explained(String model, OpenClawException failure) {
        if (failure.code() == ErrorCode.MODEL_NOT_FOUND) {
            return notFound(model);
        }
        if (failure.code() == ErrorCode.CONTEXT_OVERFLOW
                && failure.upstreamStatus().isEmpty()) {
            return new ApiFailure(400, "the input length exceeds the context length");
        }
        if (failure.code() == ErrorCode.UNSUPPORTED && failure.upstreamStatus().isEmpty()) {
            return ApiFailure.late(501, NOT_FOR_THIS_MODEL);
        }
        return failure;
    }

    private static ApiFailure notFound(String model) {
        return model.isEmpty()
                ? Failures.modelNotFound(model)
                : new ApiFailure(404, "model \"%s\" not found, try pulling it first".formatted(model));
    }
}
