package io.aitbc.openclaw.devnet;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The embedded miner's calls. They are the requests a miner makes over HTTP, handed over without a socket. */
final class MinerClient {
    private final Coordinator coordinator;
    private final Marketplace marketplace;
    private final String key;
    private final String minerId;

    MinerClient(Coordinator coordinator, Marketplace marketplace, String key, String minerId) {
        this.coordinator = coordinator;
        this.marketplace = marketplace;
        this.key = key;
        this.minerId = minerId;
    }

    void register(ObjectNode body) {
        check(call(minerId, "/v1/miners/register", body));
    }

    /** @return false when the coordinator does not know this miner */
    boolean heartbeat() {
        ObjectNode body = Json.object().put("inflight", 0).put("status", "active");
        body.set("metadata", Json.object());
        ApiResponse response = call(minerId, "/v1/miners/heartbeat", body);
        return response.status() == 200;
    }

    Optional<ObjectNode> poll() {
        ApiResponse response = call(minerId, "/v1/miners/poll", Json.object().put("max_wait_seconds", 15));
        return response.status() == 204 ? Optional.empty() : Optional.of(check(response));
    }

    Optional<ObjectNode> pollCanceled() {
        return coordinator.pollCanceled().map(Job::assignment);
    }

    boolean wanted(String jobId) {
        return coordinator.wanted(jobId);
    }

    void result(String reporter, String jobId, ObjectNode result, ObjectNode metrics) {
        ObjectNode body = Json.object();
        body.set("result", result);
        body.set("metrics", metrics);
        body.putNull("tee_attestation_id").putNull("tee_quote");
        report(call(reporter, "/v1/miners/" + jobId + "/result", body));
    }

    void fail(String jobId, String message) {
        ObjectNode body = Json.object().put("error_code", "INFERENCE_FAILED").put("error_message", message);
        body.set("metrics", Json.object());
        report(call(minerId, "/v1/miners/" + jobId + "/fail", body));
    }

    void publish(ObjectNode offer) {
        check(marketplace.handle(ApiRequest.of(
                "POST", "/v1/marketplace/offer", Coordinator.minerHeaders(key, minerId), Optional.of(offer))));
    }

    private ApiResponse call(String id, String path, ObjectNode body) {
        return coordinator.handle(ApiRequest.of("POST", path, Coordinator.minerHeaders(key, id), Optional.of(body)));
    }

    /** An ideal coordinator refuses (409) what comes too late; that is no failure of the miner. */
    private static void report(ApiResponse response) {
        if (response.status() != 409) {
            check(response);
        }
    }

    private static ObjectNode check(ApiResponse response) {
        JsonNode body = response.body() instanceof ApiResponse.Body.Value value ? value.json() : Json.object();
        if (response.status() != 200 || !(body instanceof ObjectNode object)) {
            throw new IllegalStateException("the devnet answered its miner with status " + response.status());
        }
        return object;
    }
}
