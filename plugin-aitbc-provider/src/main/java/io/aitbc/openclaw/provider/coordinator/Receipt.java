package io.aitbc.openclaw.provider.coordinator;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * A receipt as a coordinator issues it. Reading it checks nothing.
 *
 * @param json as it came: numbers keep their form, because the signature depends on it
 * @param provider the miner it names
 * @param payload of the job it is about
 * @param result it is about
 */
public record Receipt(
        String json,
        String receiptId,
        Optional<String> jobId,
        Optional<String> provider,
        Optional<JsonNode> payload,
        Optional<JsonNode> result) {

    /** @return empty when the text is no receipt */
    public static Optional<Receipt> parse(String json) {
        return Json.read(json).flatMap(node -> Json.text(node, "receipt_id").map(id -> of(json, id, node)));
    }

    private static Receipt of(String json, String id, JsonNode node) {
        JsonNode metadata = node.path("metadata");
        return new Receipt(
                json,
                id,
                Json.text(node, "job_id"),
                Json.text(node, "provider"),
                object(metadata.path("job_payload")),
                object(metadata.path("result")));
    }

    /** Whether a zero-knowledge proof stands in it. */
    public boolean hasProof() {
        return proof().isPresent();
    }

    /** The same with null in place of the proof, which no signature covers; all else keeps its form. */
    public Receipt withoutProof() {
        return proof().flatMap(place -> parse(json.substring(0, place.start()) + "null" + json.substring(place.end())))
                .orElse(this);
    }

    private Optional<Place> proof() {
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean proof = parser.currentName().equals("zk_proof");
                boolean empty = parser.nextToken() == JsonToken.VALUE_NULL;
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                if (proof && !empty) {
                    return Optional.of(
                            new Place(start, (int) parser.currentLocation().getCharOffset()));
                }
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Where something stands in a text. */
    private record Place(int start, int end) {}

    /** Our reference of the job, when the receipt shows the payload. */
    public Optional<String> reference() {
        return payload.flatMap(it -> Json.text(it, JobSubmission.REFERENCE));
    }

    private static Optional<JsonNode> object(JsonNode node) {
        return node.isObject() ? Optional.of(node) : Optional.empty();
    }
}
