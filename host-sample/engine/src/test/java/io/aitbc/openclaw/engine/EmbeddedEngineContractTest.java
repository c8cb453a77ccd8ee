package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.contract.LocalEngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEngineContractTest extends LocalEngineContract {
    @TempDir
    private Path directory;

    @Override
    protected LocalEngine createEngine() {
        return EmbeddedEngine.open(EmbeddedEngineOptions.in(directory));
    }

    @Override
    protected String chatModel() {
        return "wren-tiny:latest";
    }

    @Override
    protected String embedModel() {
        return "wren-tiny-embed";
    }

    @Override
    protected InferenceStream longAnswer(InferenceProvider from) {
        return from.generate(
                GenerateRequest.of(chatModel(), "Count.", Asking.endless(), RequestContext.of("contract")));
    }
}
