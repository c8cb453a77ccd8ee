package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts together what is known of an answer. */
final class AnswerRecords {
    private static final int LONGEST_REASON = 1000;

    private final Extensions extensions;

    /** What is known of an answer when it starts. */
    record Start(String requestId, String model, Instant time, Supplier<String> promptSha256) {}

    /** @param onlyText whether the answer had neither reasoning nor tool calls */
    record End(InferenceEvent.Finished finished, String outputSha256, boolean onlyText, Instant time) {}

    AnswerRecords(Extensions extensions) {
        this.extensions = extensions;
    }

    AnswerRecord of(Start start, End end) {
        Optional<JobRecord> job = end.finished().job();
        Optional<RouteDecision> route = end.finished().route();
        List<String> notProven = new ArrayList<>(Metadata.notProven(job));
        if (!end.onlyText()) {
            notProven.add("the reasoning or the tool calls of the answer: the hash is of its text");
        }
        Optional<String> delivered =
                job.flatMap(JobRecord::answerSha256).filter(hash -> !hash.equals(end.outputSha256()));
        if (delivered.isPresent()) {
            notProven.add(
                    "that the network gave the answer in this form: the host changed it, as it puts back what it kept private, stops at stop words and takes tool calls out");
        }
        return new AnswerRecord(
                start.requestId(),
                job.map(JobRecord::jobId),
                job.map(JobRecord::network),
                route.map(RouteDecision::model).orElse(start.model()),
                digest(route),
                start.promptSha256().get(),
                end.outputSha256(),
                delivered,
                start.time(),
                end.time().isBefore(start.time()) ? start.time() : end.time(),
                route.map(it -> it.strategy().wireName()).orElse(job.isPresent() ? "aitbc" : "local"),
                route.map(RouteDecision::provider)
                        .or(() -> job.map(JobRecord::network))
                        .orElse("unknown"),
                route.filter(it -> job.isPresent()).map(AnswerRecords::reason),
                job.flatMap(JobRecord::receiptJson),
                job.map(JobRecord::assurance).orElse(AssuranceLevel.NONE),
                notProven,
                job.flatMap(JobRecord::work));
    }

    /** Why the network was asked. */
    private static String reason(RouteDecision route) {
        List<String> reasons = new ArrayList<>(List.of(route.reason()));
        reasons.addAll(route.failedAttempts());
        String text = String.join("; ", reasons);
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    /** Engines know what lies on their disks; what a network says of its models is not recorded as a fact. */
    private Optional<String> digest(Optional<RouteDecision> route) {
        try {
            return route.flatMap(it -> extensions
                    .byId(LocalEngine.class, it.provider())
                    .flatMap(engine -> engine.find(it.model()))
                    .flatMap(ModelDescriptor::digest));
        } catch (OpenClawException e) {
            return Optional.empty();
        }
    }
}
