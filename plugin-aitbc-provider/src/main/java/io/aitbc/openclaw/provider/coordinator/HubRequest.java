package io.aitbc.openclaw.provider.coordinator;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to the model server that runs beside a coordinator.
 *
 * @param maxTokens 1 to 8192
 * @param context of an earlier answer, to go on with
 */
public record HubRequest(
        String model,
        String prompt,
        Optional<String> system,
        OptionalDouble temperature,
        OptionalInt maxTokens,
        List<Integer> context) {
    public HubRequest {
        context = List.copyOf(context);
    }

    public static HubRequest of(String model, String prompt) {
        return new HubRequest(model, prompt, Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), List.of());
    }

    /** The prompt stays out of logs. */
    @Override
    public String toString() {
        return "HubRequest[%s]".formatted(model);
    }

    String json() {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", model).put("prompt", prompt);
        system.ifPresent(text -> body.put("system", text));
        temperature.ifPresent(value -> body.put("temperature", value));
        maxTokens.ifPresent(value -> body.put("max_tokens", value));
        if (!context.isEmpty()) {
            context.forEach(body.putArray("context")::add);
        }
        return Json.MAPPER.writeValueAsString(body);
    }
}
