package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.TokenLogprob;
import io.aitbc.openclaw.host.http.json.JsonOutput;

/** Log probabilities in the shape Ollama and OpenAI share. */
public final class Logprobs {
    private Logprobs() {}

    public static void write(JsonOutput out, TokenLogprob token) {
        out.startObject();
        fields(out, token);
        if (!token.top().isEmpty()) {
            out.startArray("top_logprobs");
            for (TokenLogprob alternative : token.top()) {
                out.startObject();
                fields(out, alternative);
                out.endObject();
            }
            out.endArray();
        }
        out.endObject();
    }

    private static void fields(JsonOutput out, TokenLogprob token) {
        out.field("token", token.token()).field("logprob", token.logprob());
        if (!token.bytes().isEmpty()) {
            out.startArray("bytes");
            token.bytes().forEach(value -> out.value((long) value));
            out.endArray();
        }
    }
}
