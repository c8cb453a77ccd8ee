package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Direct inference on the machine of a coordinator: no miner, no payment, no receipt. Current coordinators only.
 *
 * <p>Computing is never repeated once it was asked for, reads are. Fails with {@link OpenClawException}: UNREACHABLE,
 * NOT_AUTHORIZED, MISSING_KEY, OVERLOADED, MALFORMED_ANSWER, CANCELED, PROVIDER_FAILED.
 */
public final class HubClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The coordinator gives its model server 120 seconds. */
    private static final Duration COMPUTING = Duration.ofSeconds(130);

    private static final int MOST_PROMPTS = 10;
    private static final int MOST_MODELS = 10_000;
    private static final long LONGEST_STREAM = 64L * 1024 * 1024;

    private final BaseUrl base;
    private final Caller caller;

    HubClient(BaseUrl base, Caller caller) {
        this.base = base;
        this.caller = caller;
    }

    /** A model the hub has. */
    public record Model(String name, OptionalLong sizeBytes) {
        static Optional<Model> parse(JsonNode node) {
            OptionalLong size = Json.integer(node, "size")
                    .filter(bytes -> bytes >= 0)
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
            return Json.line(node, "name").map(name -> new Model(name, size));
        }
    }

    /**
     * One answer of several.
     *
     * @param text empty when this prompt failed
     */
    public record BatchAnswer(int index, Optional<String> text) {
        static Optional<BatchAnswer> parse(JsonNode node) {
            boolean success = node.path("success").asBoolean(true);
            return Json.integer(node, "index")
                    .filter(index -> index >= 0 && index < MOST_PROMPTS)
                    .map(index -> new BatchAnswer(
                            index.intValue(), success ? Json.text(node, "response") : Optional.empty()));
        }
    }

    public HubAnswer generate(HubRequest request, CallScope scope) {
        Reply reply = compute(base.path("v1", "inference", "generate").build(), request.json(), scope);
        return HubAnswer.parse("a generation", Json.tree("a generation", caller.body("a generation", reply)));
    }

    /**
     * An answer as it is made.
     *
     * @param firstEvent longest wait for the first piece
     * @param idle longest pause between two pieces
     */
    public HubStream stream(HubRequest request, Duration firstEvent, Duration idle, CallScope scope) {
        HttpUrl url = base.path("v1", "inference", "generate", "stream").build();
        EventStream events = caller.stream(
                RouteClass.INFERENCE,
                builder -> builder.url(url)
                        .header("Accept", "text/event-stream")
                        .post(new OnceBody(request.json()))
                        .build(),
                PATIENCE,
                new EventStream.Limits(firstEvent, idle, COMPUTING, LONGEST_STREAM),
                scope);
        if (events.status() != 200) {
            try (events) {
                throw caller.failure("a stream of the hub", events.reply());
            }
        }
        return new HubStream(events);
    }

    /** @param prompts at most 10 */
    public List<BatchAnswer> batch(String model, List<String> prompts, CallScope scope) {
        if (prompts.size() > MOST_PROMPTS) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "The AITBC hub takes at most %d prompts at once, not %d".formatted(MOST_PROMPTS, prompts.size()));
        }
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", model);
        prompts.forEach(body.putArray("prompts")::add);
        Reply reply =
                compute(base.path("v1", "inference", "batch").build(), Json.MAPPER.writeValueAsString(body), scope);
        JsonNode answer = Json.tree("a batch", caller.body("a batch", reply));
        return Json.rows("a batch", answer.path("results"), MOST_PROMPTS, BatchAnswer::parse);
    }

    private Reply compute(HttpUrl url, String json, CallScope scope) {
        return caller.only(
                RouteClass.INFERENCE,
                request -> request.url(url).post(new OnceBody(json)).build(),
                PATIENCE,
                COMPUTING,
                scope);
    }

    /** The hub's own models, which are not those of the network. */
    public List<Model> models(CallScope scope) {
        JsonNode answer = Json.tree("the hub's models", caller.body("the hub's models", read("models", scope)));
        return Json.rows("the hub's models", answer.path("models"), MOST_MODELS, Model::parse);
    }

    /** Whether the hub's model server can be used now. */
    public boolean healthy(CallScope scope) {
        JsonNode answer = Json.tree("the hub's health", caller.body("the hub's health", read("health", scope)));
        return answer.path("ollama_available").asBoolean(false);
    }

    private Reply read(String what, CallScope scope) {
        HttpUrl url = base.path("v1", "inference", what).build();
        return caller.repeatable(
                RouteClass.INFERENCE, request -> request.url(url).build(), PATIENCE, scope);
    }
}
