package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short ways to ask an engine. */
final class Asking {
    static final String MODEL = "wren-tiny";

    private Asking() {}

    /** A whole answer. */
    record Answer(String text, List<InferenceEvent.Text> pieces, List<ToolCall> calls, InferenceEvent.Finished end) {}

    static GenerationOptions greedy(int tokens) {
        return GenerationOptions.of("temperature", 0L).with("num_predict", (long) tokens);
    }

    static InferenceSettings settings(GenerationOptions options) {
        return InferenceSettings.of(options);
    }

    static InferenceSettings formatted(GenerationOptions options, OutputFormat format) {
        InferenceSettings plain = InferenceSettings.of(options);
        return new InferenceSettings(
                options,
                Optional.of(format),
                plain.think(),
                plain.keepAlive(),
                plain.logprobs(),
                plain.topLogprobs(),
                plain.truncate(),
                plain.shift());
    }

    /** Settings under which an answer goes on for minutes: the model may not end it. */
    static InferenceSettings endless() {
        return formatted(
                greedy(1_000_000),
                new OutputFormat.Schema(
                        "{\"type\":\"array\",\"minItems\":1000,\"items\":{\"type\":\"string\",\"minLength\":1000}}"));
    }

    static ChatRequest chat(InferenceSettings settings, List<ToolDefinition> tools, ChatMessage... messages) {
        return new ChatRequest(MODEL, List.of(messages), tools, settings, RequestContext.of("test"));
    }

    static ChatRequest chat(InferenceSettings settings, String text) {
        return chat(settings, List.of(), ChatMessage.user(text));
    }

    static GenerateRequest generate(InferenceSettings settings, String prompt) {
        return GenerateRequest.of(MODEL, prompt, settings, RequestContext.of("test"));
    }

    static GenerateRequest raw(InferenceSettings settings, String prompt) {
        return new GenerateRequest(
                MODEL,
                prompt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                List.of(),
                settings,
                RequestContext.of("test"));
    }

    static Answer answer(InferenceStream stream) {
        try (stream) {
            List<InferenceEvent.Text> pieces = new ArrayList<>();
            List<ToolCall> calls = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            while (true) {
                switch (stream.next()) {
                    case InferenceEvent.Text piece -> {
                        pieces.add(piece);
                        text.append(piece.text());
                    }
                    case InferenceEvent.ToolCalls made -> calls.addAll(made.calls());
                    case InferenceEvent.Finished end -> {
                        return new Answer(text.toString(), pieces, calls, end);
                    }
                    case InferenceEvent.Thinking thinking -> throw new AssertionError(thinking);
                    case InferenceEvent.Waiting waiting -> throw new AssertionError(waiting);
                }
            }
        }
    }
}
