package io.aitbc.openclaw.host.http.openai;

import io.aitbc.openclaw.host.http.answer.Answered;
import io.aitbc.openclaw.host.http.answer.Metadata;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The response object of OpenAI's Responses API. */
final class ResponseObject {
    private final ResponsesBody body;
    private final InstantSource clock;
    private final String id = "resp_" + ThreadLocalRandom.current().nextInt(1_000_000);
    private final long createdAt;

    ResponseObject(ResponsesBody body, InstantSource clock) {
        this.body = body;
        this.clock = clock;
        this.createdAt = clock.instant().getEpochSecond();
    }

    void write(JsonOutput out, String status, List<ResponseItem> items, Optional<Answered> finished) {
        out.field("id", id).field("object", "response").field("created_at", createdAt);
        if (status.equals("completed")) {
            out.field("completed_at", clock.instant().getEpochSecond());
        } else {
            out.nullField("completed_at");
        }
        out.field("status", status);
        if (status.equals("incomplete")) {
            out.startObject("incomplete_details")
                    .field("reason", "max_output_tokens")
                    .endObject();
        } else {
            out.nullField("incomplete_details");
        }
        out.field("model", body.model).nullField("previous_response_id");
        textOrNull(out, "instructions", body.instructions);
        out.startArray("output");
        for (ResponseItem item : items) {
            out.startObject();
            item.write(out, "completed");
            out.endObject();
        }
        out.endArray().nullField("error");
        request(out);
        usage(out, finished);
        body.maxOutputTokens.ifPresentOrElse(
                most -> out.field("max_output_tokens", most), () -> out.nullField("max_output_tokens"));
        out.nullField("max_tool_calls")
                .field("store", false)
                .field("background", body.background)
                .field("service_tier", "default")
                .startObject("metadata")
                .endObject()
                .nullField("safety_identifier")
                .nullField("prompt_cache_key");
        finished.ifPresent(end -> Metadata.write(out, end));
    }

    private static void textOrNull(JsonOutput out, String name, String text) {
        if (text.isEmpty()) {
            out.nullField(name);
        } else {
            out.field(name, text);
        }
    }

    private void request(JsonOutput out) {
        out.rawField("tools", oneLine(body.toolsJson))
                .field("tool_choice", "auto")
                .field("truncation", body.truncation)
                .field("parallel_tool_calls", true);
        out.startObject("text").rawField("format", oneLine(body.formatJson)).endObject();
        out.field("top_p", body.sampling.option("top_p"))
                .field("presence_penalty", 0)
                .field("frequency_penalty", 0)
                .field("top_logprobs", 0)
                .field("temperature", body.sampling.option("temperature"))
                .rawField("reasoning", oneLine(body.reasoningJson));
    }

    /** Events end at line ends, and strings of JSON have none. */
    private static String oneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ');
    }

    private static void usage(JsonOutput out, Optional<Answered> finished) {
        if (finished.isEmpty()) {
            out.nullField("usage");
            return;
        }
        int input = finished.get().usage().promptTokens().orElse(0);
        int output = finished.get().usage().outputTokens().orElse(0);
        out.startObject("usage")
                .field("input_tokens", input)
                .field("output_tokens", output)
                .field("total_tokens", input + output);
        out.startObject("input_tokens_details").field("cached_tokens", 0).endObject();
        out.startObject("output_tokens_details").field("reasoning_tokens", 0).endObject();
        out.endObject();
    }
}
