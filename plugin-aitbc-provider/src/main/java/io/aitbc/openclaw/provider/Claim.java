package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a receipt has to be about. Texts are known by their SHA-256, so that a claim can lie on disk.
 *
 * @param reference ours
 * @param miner the job was done by, as the network said when it was done
 * @param model that was asked for
 * @param prompt digest
 * @param answer digest
 * @param answeredBy the model the result names
 * @param status the result's
 */
record Claim(
        String reference,
        String job,
        Optional<String> miner,
        String model,
        String prompt,
        Optional<String> answer,
        Optional<String> answeredBy,
        Optional<String> status) {

    /** @param result that was delivered */
    static Claim of(Order order, JobView job, JsonNode result) {
        return new Claim(
                order.reference(),
                job.jobId(),
                job.miner(),
                order.remoteModel(),
                Texts.sha256(order.prompt()),
                digest(result, "output"),
                Json.text(result, "model"),
                Json.text(result, "status"));
    }

    static Optional<String> digest(JsonNode node, String field) {
        return Json.text(node, field).map(Texts::sha256);
    }

    void write(ObjectNode node) {
        node.put("reference", reference).put("job", job).put("model", model).put("prompt", prompt);
        miner.ifPresent(text -> node.put("miner", text));
        answer.ifPresent(text -> node.put("answer", text));
        answeredBy.ifPresent(text -> node.put("answeredBy", text));
        status.ifPresent(text -> node.put("status", text));
    }

    /** @return empty when it is none */
    static Optional<Claim> parse(JsonNode node) {
        Optional<String> reference = Json.text(node, "reference");
        Optional<String> job = Json.text(node, "job");
        Optional<String> model = Json.text(node, "model");
        Optional<String> prompt = Json.text(node, "prompt");
        if (reference.isEmpty() || job.isEmpty() || model.isEmpty() || prompt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Claim(
                reference.get(),
                job.get(),
                Json.text(node, "miner"),
                model.get(),
                prompt.get(),
                Json.text(node, "answer"),
                Json.text(node, "answeredBy"),
                Json.text(node, "status")));
    }
}
