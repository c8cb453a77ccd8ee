package io.aitbc.openclaw.engine.ollama;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.testing.ScriptedModel;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A scripted Ollama and an engine with short deadlines in front of it. */
final class OllamaFixture implements AutoCloseable {
    static final String MODEL = "m:latest";
    static final String EMBEDDER = "e:latest";
    static final Duration LOAD = Duration.ofSeconds(3);
    /** What "at once" may take on a busy machine. */
    static final Duration SOON = Duration.ofSeconds(5);

    final ScriptedOllama ollama = ScriptedOllama.start(ScriptedModel.chat(MODEL), ScriptedModel.embedding(EMBEDDER));
    final OllamaEngine engine;

    private final Duration firstByte;
    private final Duration idle;

    /** With deadlines that no test meets, however busy the machine. */
    OllamaFixture() {
        this(Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    OllamaFixture(Duration firstByte, Duration idle) {
        this.firstByte = firstByte;
        this.idle = idle;
        engine = OllamaEngine.connect(options().build());
        ollama.resident(MODEL);
    }

    OllamaEngineOptions.Builder options() {
        return OllamaEngineOptions.builder(ollama.url())
                .firstByteTimeout(firstByte)
                .promptAllowance(Duration.ZERO)
                .idleTimeout(idle)
                .loadTimeout(LOAD)
                .lineLimit(64 * 1024);
    }

    static ChatRequest chatRequest() {
        return chatRequest(InferenceSettings.defaults());
    }

    static ChatRequest chatRequest(InferenceSettings settings) {
        return new ChatRequest(MODEL, List.of(ChatMessage.user("Hello")), List.of(), settings, RequestContext.of("r1"));
    }

    static GenerateRequest generateRequest() {
        return GenerateRequest.of(MODEL, "Hello", InferenceSettings.defaults(), RequestContext.of("r1"));
    }

    InferenceStream chat() {
        return engine.chat(chatRequest());
    }

    /** All events of an answer that is whole. */
    static List<InferenceEvent> all(InferenceStream stream) {
        try (stream) {
            List<InferenceEvent> events = new ArrayList<>();
            do {
                events.add(stream.next());
            } while (!(events.getLast() instanceof InferenceEvent.Finished));
            return events;
        }
    }

    /** How an answer failed. */
    static OpenClawException failure(InferenceStream stream) {
        return catchThrowableOfType(OpenClawException.class, () -> all(stream));
    }

    static String text(List<InferenceEvent> events) {
        return events.stream()
                .filter(InferenceEvent.Text.class::isInstance)
                .map(event -> ((InferenceEvent.Text) event).text())
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        engine.close();
        ollama.close();
    }
}
