package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.api.inference.Usage;
import io.aitbc.openclaw.host.http.json.JsonOutput;

/** {@code {"prompt_tokens","completion_tokens","total_tokens"}}. */
final class Usages {
    private Usages() {}

    static void write(JsonOutput out, Usage usage) {
        int prompt = usage.promptTokens().orElse(0);
        int output = usage.outputTokens().orElse(0);
        out.startObject("usage")
                .field("prompt_tokens", prompt)
                .field("completion_tokens", output)
                .field("total_tokens", prompt + output)
                .endObject();
    }
}
