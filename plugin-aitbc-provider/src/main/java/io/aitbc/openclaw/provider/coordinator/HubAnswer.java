package io.aitbc.openclaw.provider.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * An answer of the model server beside a coordinator: nobody signed it, nobody was paid.
 *
 * @param context to go on with in a next request
 */
public record HubAnswer(
        String text, Optional<String> model, List<Integer> context, Optional<Duration> took, OptionalInt tokens) {
    private static final int LONGEST_CONTEXT = 1_000_000;

    public HubAnswer {
        context = List.copyOf(context);
    }

    static HubAnswer parse(String source, JsonNode node) {
        if (!node.path("success").asBoolean(true)) {
            throw Json.malformed(source, "it says that it did not succeed");
        }
        if (!node.path("response").isString()) {
            throw Json.malformed(source, "it has no response");
        }
        return new HubAnswer(
                node.path("response").stringValue(),
                Json.line(node, "model"),
                context(node),
                Json.integer(node, "total_duration").filter(nanos -> nanos >= 0).map(Duration::ofNanos),
                Json.integer(node, "eval_count")
                        .filter(count -> count >= 0 && count <= Integer.MAX_VALUE)
                        .map(count -> OptionalInt.of(count.intValue()))
                        .orElse(OptionalInt.empty()));
    }

    static List<Integer> context(JsonNode node) {
        List<Integer> context = new ArrayList<>();
        for (JsonNode token : node.path("context")) {
            if (token.canConvertToInt() && token.isIntegralNumber() && context.size() < LONGEST_CONTEXT) {
                context.add(token.intValue());
            }
        }
        return context;
    }
}
