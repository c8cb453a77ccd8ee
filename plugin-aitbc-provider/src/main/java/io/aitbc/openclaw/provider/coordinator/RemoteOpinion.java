package io.aitbc.openclaw.provider.coordinator;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a coordinator says about a proof. It proves nothing: the coordinator makes these proofs itself, and calls one right
 * whose public signal says that the inference was wrong. Proofs are verified here.
 */
public record RemoteOpinion(boolean verified, Optional<String> reason) {
    static RemoteOpinion parse(String source, JsonNode node) {
        if (!node.path("verified").isBoolean()) {
            throw Json.malformed(source, "it does not say whether the proof is right");
        }
        return new RemoteOpinion(node.path("verified").booleanValue(), Json.line(node, "reason"));
    }
}
