package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.provider.coordinator.Ids;
import io.aitbc.openclaw.provider.coordinator.JobResult;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is told to the network about a job, as the outbox keeps it.
 *
 * @param body exactly what is sent
 */
record Report(String minerId, String jobId, Kind kind, ObjectNode body) {
    /** By which of the network's two ways. */
    enum Kind {
        RESULT,
        FAILURE
    }

    static Report of(String minerId, String jobId, Outcome.Completed done) {
        return of(minerId, jobId, done, Optional.empty());
    }

    /** @param receipt that the miner signed of {@link #output} */
    static Report of(String minerId, String jobId, Outcome.Completed done, Optional<String> receipt) {
        ObjectNode result = Json.MAPPER
                .createObjectNode()
                .put("status", "completed")
                .put("output", output(done))
                .put("execution_time", done.took().toNanos() / 1e9)
                .put("gpu_used", done.gpu())
                .put("model", wellFormed(done.model()))
                .put("tokens_processed", done.tokens());
        if (done.cut()) {
            result.put("truncated", true);
        }
        receipt.ifPresent(text -> result.put(JobResult.WORK_RECEIPT, text));
        return new Report(minerId, jobId, Kind.RESULT, submission(result, metrics(done)));
    }

    /** @param honest whether the network is told that the job failed; otherwise it is told so in a result, which it pays for */
    static Report of(String minerId, String jobId, Outcome.Failed failed, boolean honest) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("error_code", failed.code().name())
                .put("error_message", wellFormed(failed.reason()));
        body.set("metrics", metrics(failed));
        Report failure = new Report(minerId, jobId, Kind.FAILURE, body);
        return honest ? failure : failure.asResult();
    }

    /** The production miner's way to fail. */
    Report asResult() {
        ObjectNode result = Json.MAPPER
                .createObjectNode()
                .put("status", "failed")
                .put("error", body.path("error_message").asString());
        return new Report(minerId, jobId, Kind.RESULT, submission(result, body.path("metrics")));
    }

    /** The answer as it is sent. */
    static String output(Outcome.Completed done) {
        return wellFormed(done.output());
    }

    /** Half a surrogate pair, which JSON of strangers may hold, could be neither stored nor sent. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static ObjectNode submission(ObjectNode result, JsonNode metrics) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("result", result);
        body.set("metrics", metrics);
        return body;
    }

    /** The production miner's names; what the host cannot measure is null. */
    private static ObjectNode metrics(Outcome outcome) {
        return Json.MAPPER
                .createObjectNode()
                .putNull("gpu_utilization")
                .putNull("memory_used")
                .putNull("memory_peak")
                .put("duration_ms", outcome.took().toMillis());
    }

    String payload() {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("miner", minerId)
                .put("job", jobId)
                .put("kind", kind.name());
        node.set("body", body);
        return Json.MAPPER.writeValueAsString(node);
    }

    /** @return empty when the text is no report */
    static Optional<Report> parse(String payload) {
        return Json.read(payload).flatMap(node -> {
            Optional<String> miner = Json.text(node, "miner").filter(Ids::valid);
            Optional<String> job = Json.text(node, "job").filter(Ids::valid);
            Optional<Kind> kind = Json.text(node, "kind")
                    .flatMap(name -> Arrays.stream(Kind.values())
                            .filter(known -> known.name().equals(name))
                            .findFirst());
            if (miner.isEmpty() || job.isEmpty() || kind.isEmpty() || !(node.path("body") instanceof ObjectNode body)) {
                return Optional.empty();
            }
            return Optional.of(new Report(miner.get(), job.get(), kind.get(), body));
        });
    }

    /** Answers stay out of logs. */
    @Override
    public String toString() {
        return "Report[%s %s]".formatted(jobId, kind);
    }
}
