package io.aitbc.openclaw.api.inference;

import java.util.List;
import java.util.Optional;

/**
 * A prompt to complete.
 *
 * @param suffix text after the place to fill in
 * @param system replaces the model's system prompt
 * @param template replaces the model's prompt template
 * @param contextTokens tokens of an earlier answer to continue from
 * @param raw whether the prompt goes to the model as it is, without a template
 * @param images Base64
 */
public record GenerateRequest(
        String model,
        String prompt,
        Optional<String> suffix,
        Optional<String> system,
        Optional<String> template,
        List<Integer> contextTokens,
        boolean raw,
        List<String> images,
        InferenceSettings settings,
        RequestContext context) {
    public GenerateRequest {
        contextTokens = List.copyOf(contextTokens);
        images = List.copyOf(images);
    }

    public static GenerateRequest of(String model, String prompt, InferenceSettings settings, RequestContext context) {
        return new GenerateRequest(
                model,
                prompt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                settings,
                context);
    }

    public GenerateRequest withModel(String other) {
        return new GenerateRequest(
                other, prompt, suffix, system, template, contextTokens, raw, images, settings, context);
    }
}
