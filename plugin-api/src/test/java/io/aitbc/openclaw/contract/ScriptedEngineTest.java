package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.RequestContext;
import java.util.List;

/** The double keeps the contract it is used to test others with. */
class ScriptedEngineTest extends LocalEngineContract {
    @Override
    protected LocalEngine createEngine() {
        ScriptedEngine engine = new ScriptedEngine(
                "scripted",
                Models.local("scripted", "m:latest", Capability.COMPLETION, Capability.TOOLS),
                Models.local("scripted", "e:small", Capability.EMBEDDING));
        engine.answers(ScriptedStream.text("{\"ok\":true}"), ScriptedStream.finish());
        return engine;
    }

    @Override
    protected String chatModel() {
        return "m:latest";
    }

    @Override
    protected String embedModel() {
        return "e:small";
    }

    @Override
    protected InferenceStream longAnswer(InferenceProvider from) {
        ScriptedEngine engine = (ScriptedEngine) from;
        engine.answers(ScriptedStream.hang());
        InferenceStream stream = engine.chat(new ChatRequest(
                "m:latest",
                List.of(ChatMessage.user("x")),
                List.of(),
                InferenceSettings.defaults(),
                RequestContext.of("long")));
        engine.answers(ScriptedStream.text("{\"ok\":true}"), ScriptedStream.finish());
        return stream;
    }
}
