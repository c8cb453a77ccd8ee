package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an answer came about, for those who know to look: an extra field of the last object of an answer. */
public final class Metadata {
    private static final String NAME = "aitbc_metadata";
    private static final List<String> NOTHING_CHECKED =
            List.of("that the named model, or any model, computed the answer: nothing was checked");

    private Metadata() {}

    /** Writes the field when there is something to tell. */
    public static void write(JsonOutput out, InferenceEvent.Finished finished) {
        if (finished.route().isEmpty() && finished.job().isEmpty()) {
            return;
        }
        out.startObject(NAME);
        finished.route().ifPresent(route -> write(out, route));
        finished.job().ifPresent(job -> write(out, job));
        out.field(
                "assurance",
                finished.job()
                        .map(JobRecord::assurance)
                        .orElse(AssuranceLevel.NONE)
                        .name());
        strings(out, "not_proven", notProven(finished.job()));
        finished.job().ifPresent(job -> redactions(out, job.redactions()));
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
