package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.api.inference.Usage;
import io.aitbc.openclaw.engine.json.OutputGrammar;
import io.aitbc.openclaw.engine.json.SchemaException;
import io.aitbc.openclaw.engine.json.ToolCallGrammar;
import io.aitbc.openclaw.engine.sample.SamplerSettings;
import io.aitbc.openclaw.engine.sample.TokenFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A request's settings, checked before anything is loaded: what cannot be honoured is refused. Only options this engine does
 * not have are passed over, as Ollama does: they tune other engines, and a refusal would send the request to a network that
 * honours no options at all.
 *
 * @param filters what the answer may look like
 * @param seed of the random numbers; negative or empty: another one each time
 */
record Plan(
        StoredModel stored,
        GenerationLimits limits,
        SamplerSettings sampling,
        List<String> stops,
        OptionalLong seed,
        Optional<FilterSource> filters) {

    /** Makes the constraint of an answer once the vocabulary is known. */
    interface FilterSource {
        TokenFilter filter(LoadedWeights weights);
    }

    static Plan of(StoredModel stored, String requested, InferenceSettings settings, int defaultNumCtx) {
        if (settings.topLogprobs() < 0 || settings.topLogprobs() > 20) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "top_logprobs must be between 0 and 20");
        }
        if (settings.think() != Think.UNSET && settings.think() != Think.OFF) {
            throw unsupported("\"%s\" does not support thinking".formatted(requested));
        }
        GenerationOptions options = merge(stored.parameters(), settings.options());
        return new Plan(
                stored,
                GenerationLimits.of(settings.withOptions(options), defaultNumCtx, stored.contextLength()),
                SamplerSettings.of(options),
                options.stop(),
                options.seed(),
                settings.format().map(Plan::grammar));
    }

    private static FilterSource grammar(OutputFormat format) {
        try {
            OutputGrammar grammar = switch (format) {
                case OutputFormat.Json json -> OutputGrammar.jsonObject();
                case OutputFormat.Schema schema -> OutputGrammar.schema(schema.schema());
            };
            return weights -> grammar.filter(weights.tokenizer(), weights.trie());
        } catch (SchemaException e) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "invalid format: " + e.getMessage(), e);
        }
    }

    /** With tools and no other constraint, calls have the form the tools ask for. */
    Plan withTools(List<ToolDefinition> tools) {
        if (tools.isEmpty() || filters.isPresent()) {
            return this;
        }
        try {
            ToolCallGrammar grammar =
                    ToolCallGrammar.of(tools.stream().map(ToolDefinition::json).toList());
            FilterSource source = weights -> grammar.filter(weights.tokenizer(), weights.trie());
            return new Plan(stored, limits, sampling, stops, seed, Optional.of(source));
        } catch (SchemaException e) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "invalid tools: " + e.getMessage(), e);
        }
    }

    private static GenerationOptions merge(GenerationOptions defaults, GenerationOptions wanted) {
        GenerationOptions merged = defaults;
        for (Map.Entry<String, Object> option : wanted.values().entrySet()) {
            merged = merged.with(option.getKey(), option.getValue());
        }
        return merged;
    }

    void refuseImages(boolean images) {
        if (images) {
            throw unsupported("{\"error\":{\"code\":500,\"message\":\"image input is not supported - hint: if this is"
                    + " unexpected, you may need to provide the mmproj\",\"type\":\"server_error\"}}");
        }
    }

    void refuseTools(List<ToolDefinition> tools) {
        if (!tools.isEmpty() && !stored.capabilities().contains(Capability.TOOLS)) {
            throw unsupported("registry.ollama.ai/library/%s does not support tools".formatted(stored.name()));
        }
    }

    void refuseUnsupported(GenerateRequest request) {
        if (request.suffix().filter(suffix -> !suffix.isEmpty()).isPresent()) {
            throw unsupported("registry.ollama.ai/library/%s does not support insert".formatted(stored.name()));
        }
        boolean template = request.template().filter(text -> !text.isEmpty()).isPresent();
        boolean system = request.system().filter(text -> !text.isEmpty()).isPresent();
        if (request.raw() && (template || system || !request.contextTokens().isEmpty())) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "raw mode does not support template, system, or context");
        }
        if (template) {
            throw unsupported("the embedded engine does not support other templates than the model's own");
        }
    }

    Optional<TokenFilter> filter(LoadedWeights weights) {
        return filters.map(source -> source.filter(weights));
    }

    /** The answer to an empty prompt, which only loads the model. */
    InferenceEvent.Finished nothingToDo(Duration load, long nanos) {
        Usage usage = new Usage(
                OptionalInt.of(0),
                OptionalInt.of(0),
                Optional.of(Duration.ofNanos(nanos)),
                Optional.of(load),
                Optional.empty(),
                Optional.empty());
        return new InferenceEvent.Finished(FinishReason.STOP, usage, List.of(), Optional.empty(), Optional.empty());
    }

    private static OpenClawException unsupported(String message) {
        return new OpenClawException(ErrorCode.UNSUPPORTED, message);
    }
}
