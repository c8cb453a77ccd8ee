package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a coordinator what it thinks of zero-knowledge proofs. Nothing is changed by asking, so calls are repeated after
 * failures; each has a deadline of 15 seconds.
 *
 * <p>Fails with {@link OpenClawException} like {@link CoordinatorClient}.
 */
public final class ProofClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BaseUrl base;
    private final Caller caller;

    ProofClient(BaseUrl base, Caller caller) {
        this.base = base;
        this.caller = caller;
    }

    /**
     * @param circuit name at the coordinator, which is not the same as a key: two circuits go by one name
     * @param proof Groth16 over BN254, as snarkjs writes it
     */
    public RemoteOpinion verify(String circuit, JsonNode proof, List<String> publicSignals, CallScope scope) {
        ObjectNode body = body(proof, publicSignals).put("circuit_name", circuit);
        return opinion(ask(base.path("v1", "zk", "verify").build(), body, scope));
    }

    /** @return empty when the job has no proof */
    public Optional<RemoteOpinion> verifyReceipt(String jobId, CallScope scope) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("job_id", jobId);
        Reply reply = ask(base.path("v1", "zk", "receipt", "verify").build(), body, scope);
        return reply.status() == 400 || reply.status() == 404 ? Optional.empty() : Optional.of(opinion(reply));
    }

    /** About a proof of the circuit {@code ml_inference_verification}. */
    public RemoteOpinion verifyInference(JsonNode proof, List<String> publicSignals, CallScope scope) {
        return opinion(ask(base.path("v1", "ml-zk", "verify", "inference").build(), body(proof, publicSignals), scope));
    }

    private static ObjectNode body(JsonNode proof, List<String> publicSignals) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("proof", proof);
        publicSignals.forEach(body.putArray("public_signals")::add);
        return body;
    }

    private Reply ask(HttpUrl url, ObjectNode body, CallScope scope) {
        String json = Json.MAPPER.writeValueAsString(body);
        return caller.repeatable(
                RouteClass.PROOF,
                request -> request.url(url).post(new OnceBody(json)).build(),
                PATIENCE,
                scope);
    }

    private RemoteOpinion opinion(Reply reply) {
        String source = "the verification of a proof";
        return RemoteOpinion.parse(source, Json.tree(source, caller.body(source, reply)));
    }

    /** The circuits the coordinator has; empty when it makes no proofs. */
    public List<String> circuits(CallScope scope) {
        HttpUrl url = base.path("v1", "zk", "info").build();
        Reply reply =
                caller.repeatable(RouteClass.PROOF, request -> request.url(url).build(), PATIENCE, scope);
        JsonNode node = Json.tree("the circuits", caller.body("the circuits", reply));
        return Json.lines(node, "available_circuits");
    }
}
