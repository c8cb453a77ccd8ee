package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.contract.LocalEngineContract;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.aitbc.openclaw.testing.ScriptedModel;
import io.aitbc.openclaw.testing.ScriptedOllama;
import org.junit.jupiter.api.AfterEach;

class OllamaContractTest extends LocalEngineContract {
    private static final String SLOW = "slow:latest";

    private final ScriptedOllama ollama = ScriptedOllama.start(
            ScriptedModel.chat("m:latest"), ScriptedModel.chat(SLOW), ScriptedModel.embedding("e:latest"));

    @AfterEach
    void stop() {
        ollama.close();
    }

    @Override
    protected LocalEngine createEngine() {
        return OllamaEngine.connect(OllamaEngineOptions.of(ollama.url()));
    }

    @Override
    protected String chatModel() {
        return "m:latest";
    }

    @Override
    protected String embedModel() {
        return "e:latest";
    }

    @Override
    protected InferenceStream longAnswer(InferenceProvider from) {
        ollama.always(
                "/api/chat",
                request -> request.model().equals(SLOW)
                        ? ScriptedAnswer.ndjson()
                                .line(OllamaLines.chatText(SLOW, "Well"))
                                .hang()
                        : ollama.wellBehaved(request));
        return from.chat(OllamaFixture.chatRequest().withModel(SLOW));
    }
}
