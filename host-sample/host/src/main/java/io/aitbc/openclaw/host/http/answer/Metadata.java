package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How an answer came about, for those who know to look: an extra field of the last object of an answer. */
public final class Metadata {
    private static final String NAME = "aitbc_metadata";
    private static final List<String> NOTHING_CHECKED =
            List.of("that the named model, or any model, computed the answer: nothing was checked");

    private Metadata() {}

    public static void write(JsonOutput out, Answered answered) {
        write(
                out,
                answered.requestId(),
                answered.event().route(),
                answered.event().job(),
                answered.record());
    }

    /** Of vectors, of which the proof chain keeps no records. */
    public static void write(JsonOutput out, String requestId, Embeddings embeddings) {
        write(out, requestId, embeddings.route(), embeddings.job(), OptionalLong.empty());
    }

    private static void write(
            JsonOutput out,
            String requestId,
            Optional<RouteDecision> route,
            Optional<JobRecord> job,
            OptionalLong record) {
        out.startObject(NAME).field("request", requestId);
        route.ifPresent(it -> write(out, it));
        job.ifPresent(it -> write(out, it));
        out.field(
                "assurance",
                job.map(JobRecord::assurance).orElse(AssuranceLevel.NONE).name());
        strings(out, "not_proven", notProven(job));
        record.ifPresent(index -> out.field("record", index));
        job.ifPresent(it -> redactions(out, it.redactions()));
        out.endObject();
    }

    private static void write(JsonOutput out, RouteDecision route) {
        out.field("route", route.strategy().wireName());
        out.field("reason", route.reason());
        out.field("provider", route.provider());
        out.field("model", route.model());
        if (!route.failedAttempts().isEmpty()) {
            strings(out, "attempts", route.failedAttempts());
        }
    }

    private static void write(JsonOutput out, JobRecord job) {
        out.field("network", job.network());
        out.field("transport", job.transport());
        out.field("job", job.jobId());
        job.miner().ifPresent(miner -> out.field("miner", miner));
        job.remoteModel().ifPresent(model -> out.field("remote_model", model));
        out.startObject("cost")
                .field("amount", job.cost().coins().toPlainString())
                .field("unit", job.cost().rail().symbol())
                .endObject();
        job.receiptId().ifPresent(receipt -> out.field("receipt", receipt));
        job.work().ifPresent(work -> out.field("miner_key", work.keyId()));
        job.receiptJson().flatMap(JsonText::line).ifPresent(json -> out.rawField("receipt_document", json));
    }

    /** What nobody proved of an answer. Never empty: no check here shows that a model computed it. */
    static List<String> notProven(Optional<JobRecord> job) {
        List<String> lines = job.map(JobRecord::notProven).orElse(List.of());
        return lines.isEmpty() ? NOTHING_CHECKED : lines;
    }

    /** Writes what was kept back, by kind and number, when there is anything. */
    public static void redactions(JsonOutput out, Map<String, Integer> counts) {
        if (!counts.isEmpty()) {
            out.startObject("redacted");
            counts.forEach((kind, count) -> out.field(kind, count));
            out.endObject();
        }
    }

    private static void strings(JsonOutput out, String name, List<String> values) {
        out.startArray(name);
        values.forEach(out::value);
        out.endArray();
    }
}
