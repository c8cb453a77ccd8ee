package io.aitbc.openclaw.devnet;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Proofs on demand: what was recorded verifies, anything else does not. */
final class ZkRoutes {
    private final Jobs jobs;
    private final RecordedProofs proofs;

    ZkRoutes(Jobs jobs, RecordedProofs proofs) {
        this.jobs = jobs;
        this.proofs = proofs;
    }

    void addTo(Routes routes) {
        routes.on("POST /v1/zk/verify", this::verify);
        routes.on("POST /v1/zk/generate", this::generate);
        routes.on("POST /v1/zk/receipt/verify", this::verifyReceipt);
        routes.on("GET /v1/zk/info", call -> info());
        routes.on("GET /v1/zk/health", call -> info());
        routes.on("POST /v1/ml-zk/verify/inference", call -> verifyAs(call, RecordedProofs.INFERENCE_CIRCUIT));
        routes.on("POST /v1/ml-zk/verify/training", call -> verifyAs(call, "ml_training_verification"));
        routes.on("GET /v1/ml-zk/circuits", call -> circuits());
    }

    private ApiResponse verify(Routes.Call call) {
        ObjectNode body = call.request().json();
        String circuit = Validation.optionalText(body, "circuit_name").orElse(RecordedProofs.RECEIPT_CIRCUIT);
        return verdict(circuit, body);
    }

    private ApiResponse verifyAs(Routes.Call call, String circuit) {
        return verdict(circuit, call.request().json());
    }

    private ApiResponse verdict(String circuit, ObjectNode body) {
        ObjectNode proof = Validation.requiredObject(body, "proof");
        JsonNode signals = body.path("public_signals");
        if (signals.isMissingNode()) {
            throw Validation.failure("body.public_signals", "Field required", "missing");
        }
        if (!signals.isArray()) {
            throw Validation.failure("body.public_signals", "Input should be a valid list", "list_type");
        }
        return ApiResponse.ok(verdict(proofs.refusal(circuit, proof, signals)));
    }

    /** All three booleans are the same value, also of a proof that says the computation was wrong. */
    private static ObjectNode verdict(Optional<String> refusal) {
        boolean verified = refusal.isEmpty();
        return Json.object()
                .put("verified", verified)
                .put("computation_correct", verified)
                .put("privacy_preserved", verified)
                .put("reason", refusal.orElse("Unknown"))
                .put("commitment", "unknown");
    }

    /** The recorded proof that was made from just these inputs. */
    private ApiResponse generate(Routes.Call call) {
        ObjectNode body = call.request().json();
        String circuit = Validation.requiredText(body, "circuit_name");
        ObjectNode inputs = Validation.optionalObject(body, "inputs").orElseGet(Json::object);
        ObjectNode given = inputs.deepCopy();
        Validation.optionalObject(body, "private_inputs").ifPresent(given::setAll);
        return proofs.all().stream()
                .filter(recorded -> recorded.circuit().equals(circuit)
                        && recorded.input().filter(given::equals).isPresent())
                .findFirst()
                .map(ZkRoutes::generated)
                .orElseGet(() -> ApiResponse.detail(400, "Proof generation failed"));
    }

    private static ApiResponse generated(RecordedProofs.Recorded recorded) {
        ObjectNode body = Json.object().put("success", true);
        body.set("proof", recorded.proof());
        body.put("proof_id", recorded.name()).put("circuit_type", recorded.circuit());
        body.set("public_signals", recorded.signals());
        return ApiResponse.ok(body);
    }

    /** Of any job: nobody looks whose it is. */
    private ApiResponse verifyReceipt(Routes.Call call) {
        String jobId = Validation.requiredText(call.request().json(), "job_id");
        Job job = jobs.find(jobId).orElseThrow(() -> ApiFailure.detail(404, "job not found"));
        JsonNode stored =
                job.receipts.isEmpty() ? Json.object() : job.receipts.getLast().path("zk_proof");
        if (!stored.has("proof")) {
            return ApiResponse.detail(400, "No ZK proof stored for this job");
        }
        return ApiResponse.ok(verdict(proofs.refusal(
                stored.path("circuit").stringValue(), stored.path("proof"), stored.path("public_signals"))));
    }

    private static ApiResponse info() {
        ObjectNode body = Json.object().put("enabled", true);
        body.set("available_circuits", names(RecordedProofs.CIRCUITS));
        return ApiResponse.ok(body);
    }

    private static ApiResponse circuits() {
        ObjectNode body = Json.object();
        ArrayNode names = names(RecordedProofs.CIRCUITS.stream()
                .filter(name -> name.contains("ml"))
                .toList());
        body.set("circuits", names);
        return ApiResponse.ok(body.put("count", names.size()));
    }

    private static ArrayNode names(List<String> names) {
        ArrayNode array = Json.array();
        names.forEach(array::add);
        return array;
    }
}
