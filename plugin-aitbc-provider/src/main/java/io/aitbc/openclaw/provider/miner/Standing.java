package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.JobState;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import io.aitbc.openclaw.provider.coordinator.MinerJob;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How a job stands at the coordinator, compared with what is to be reported about it. */
final class Standing {
    /** What makes an answer; measured times may come back in another form. */
    private static final List<String> ESSENCE = List.of("status", "output", "model", "error");

    private final MinerClient client;
    private final Report report;

    Standing(MinerClient client, Report report) {
        this.client = client;
        this.report = report;
    }

    /**
     * @return empty when the report is still to be sent
     * @throws OpenClawException when nobody can say
     */
    Optional<Delivery> look(CallScope scope) {
        try {
            JobList.Excerpt list = JobList.recent(client, Set.of(report.jobId()), scope);
            Optional<MinerJob> job = list.find(report.jobId());
            if (job.isPresent()) {
                return verdict(job.get());
            }
            if (list.complete()) {
                return Optional.of(gone());
            }
        } catch (OpenClawException e) {
            if (!JobList.missing(e)) {
                throw e;
            }
        }
        return earned(scope) ? delivered("the coordinator pays for it") : Optional.empty();
    }

    /** Earnings name completed jobs. */
    private boolean earned(CallScope scope) {
        try {
            return client.earnings(scope).jobs().contains(report.jobId());
        } catch (OpenClawException e) {
            if (JobList.missing(e)) {
                return false;
            }
            throw e;
        }
    }

    private Optional<Delivery> verdict(MinerJob job) {
        return switch (job.view().state()) {
            case QUEUED, RUNNING -> Optional.empty();
            // A client who paid gets nothing back by himself; a result is all he can still have for it.
            case EXPIRED -> report.kind() == Report.Kind.RESULT ? Optional.empty() : delivered("the job had expired");
            case CANCELED -> Optional.of(gone());
            case COMPLETED, FAILED -> ended(job);
            default ->
                throw new OpenClawException(
                        ErrorCode.PROVIDER_FAILED, "The job is in a state this version does not know");
        };
    }

    private Optional<Delivery> ended(MinerJob job) {
        boolean failed = job.view().state() == JobState.FAILED;
        Optional<JsonNode> result = job.view().result();
        if (report.kind() == Report.Kind.FAILURE && failed) {
            return delivered("the job had failed");
        }
        if (result.isEmpty() && !failed) {
            return delivered("the job is completed; this coordinator does not show by what");
        }
        JsonNode ours = (report.kind() == Report.Kind.RESULT ? report : report.asResult())
                .body()
                .path("result");
        if (result.filter(theirs -> same(ours, theirs)).isPresent()) {
            return delivered("it had arrived");
        }
        return Optional.of(new Delivery.Conflict("the job is %s with another result; ours was not sent"
                .formatted(job.view().state())));
    }

    private static boolean same(JsonNode ours, JsonNode theirs) {
        return ESSENCE.stream().allMatch(name -> Json.text(ours, name).equals(Json.text(theirs, name)));
    }

    /** Canceled, or given to somebody else: nobody waits for a failure, and a result would take money for nothing. */
    private Delivery gone() {
        return report.kind() == Report.Kind.FAILURE
                ? new Delivery.Delivered("the job is not this miner's any more")
                : new Delivery.Conflict(
                        "the job was canceled or is unknown to the coordinator; the result was not sent");
    }

    private static Optional<Delivery> delivered(String note) {
        return Optional.of(new Delivery.Delivered(note));
    }
}
