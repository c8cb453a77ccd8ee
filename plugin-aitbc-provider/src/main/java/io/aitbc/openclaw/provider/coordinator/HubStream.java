package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An answer of the hub, piece by piece. For one thread; closing it closes the connection. */
public final class HubStream implements AutoCloseable {
    private final EventStream events;
    private List<Integer> context = List.of();
    private boolean done;

    HubStream(EventStream events) {
        this.events = events;
    }

    /**
     * The next piece of text.
     *
     * @return empty when the answer is whole
     * @throws OpenClawException with CANCELED, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, MALFORMED_ANSWER, PROVIDER_FAILED for an
     *     error inside the stream, or STREAM_CUT when it ends without saying that it is done
     */
    public Optional<String> next() {
        while (!done) {
            String data = events.next()
                    .orElseThrow(() -> new OpenClawException(
                            ErrorCode.STREAM_CUT, "The AITBC hub ended its answer before it was done"));
            JsonNode event = Json.tree("a stream of the hub", data);
            Json.line(event, "error").ifPresent(error -> {
                throw new OpenClawException(ErrorCode.PROVIDER_FAILED, "The AITBC hub failed: " + error);
            });
            if (event.path("done").asBoolean(false)) {
                done = true;
                context = HubAnswer.context(event);
            } else if (event.path("token").isString()) {
                return Optional.of(event.path("token").stringValue());
            }
        }
        return Optional.empty();
    }

    /** To go on with, after the answer is whole. */
    public List<Integer> context() {
        return context;
    }

    @Override
    public void close() {
        events.close();
    }
}
