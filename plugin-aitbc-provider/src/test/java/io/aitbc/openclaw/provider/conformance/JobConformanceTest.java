package io.aitbc.openclaw.provider.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.coordinator.JobQuery;
import io.aitbc.openclaw.provider.coordinator.JobResult;
import io.aitbc.openclaw.provider.coordinator.JobState;
import io.aitbc.openclaw.provider.coordinator.JobSubmission;
import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.Located;
import io.aitbc.openclaw.provider.coordinator.Profile;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs: submit, state, list, cancel, result, receipts. */
class JobConformanceTest extends Conformance {
    @Test
    void a_coordinator_is_there_and_its_protocol_is_known() {
        services().coordinator().health(scope());

        assertThat(services().coordinator().profile(scope())).isNotNull();
    }

    @Test
    void a_job_is_taken_shown_listed_and_canceled_once() throws Exception {
        JobView job = waiting();

        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.requestedAt()).isPresent();
        assertThat(job.expiresAt()).isPresent();
        assertThat(state(job.jobId()).jobId()).isEqualTo(job.jobId());
        assertThat(services().coordinator().jobs(JobQuery.newest(50), scope()))
                .extracting(JobView::jobId)
                .contains(job.jobId());

        assertThat(services().coordinator().cancel(job.jobId(), scope())).isTrue();
        assertThat(services().coordinator().cancel(job.jobId(), scope())).isFalse();
        assertThat(state(job.jobId()).state()).isEqualTo(JobState.CANCELED);
    }

    @Test
    void the_list_is_newest_first_and_filtered_by_state_and_type() throws Exception {
        JobView older = waiting();
        JobView newer = waiting();
        services().coordinator().cancel(newer.jobId(), scope());

        List<String> all = ids(JobQuery.newest(50));
        assertThat(all.indexOf(newer.jobId())).isLessThan(all.indexOf(older.jobId()));
        assertThat(ids(new JobQuery(50, 0, Optional.of(JobState.CANCELED), Optional.empty())))
                .contains(newer.jobId())
                .doesNotContain(older.jobId());
        assertThat(ids(new JobQuery(50, 0, Optional.empty(), Optional.of("inference"))))
                .contains(older.jobId());
        assertThat(ids(new JobQuery(50, 0, Optional.empty(), Optional.of("transcribe"))))
                .doesNotContain(older.jobId());
        assertThat(ids(JobQuery.page(1, 1))).hasSize(1).isNotEqualTo(ids(JobQuery.page(1, 0)));
        services().coordinator().cancel(older.jobId(), scope());
    }

    private List<String> ids(JobQuery query) {
        return services().coordinator().jobs(query, scope()).stream()
                .map(JobView::jobId)
                .toList();
    }

    @Test
    void a_job_is_found_by_its_reference() throws Exception {
        target().needProfile(Profile.CURRENT);
        Instant before = Instant.now().minus(Duration.ofMinutes(10));
        target().needAccount();
        JobSubmission submission = job("no-such-model:latest", Optional.empty());
        JobView job = services().coordinator().submit(submission, scope());

        var found = services().coordinator().find(List.of(submission.reference(), "oc-never"), before, scope());

        assertThat(found.get(submission.reference()))
                .isInstanceOfSatisfying(
                        Located.Found.class,
                        it -> assertThat(it.jobs()).extracting(JobView::jobId).containsExactly(job.jobId()));
        assertThat(found.get("oc-never")).isInstanceOf(Located.Absent.class);
        services().coordinator().cancel(job.jobId(), scope());
    }

    @Test
    void a_miner_answers_and_the_receipts_are_about_the_answer() throws Exception {
        JobView job = completed();

        JobResult result = services().coordinator().result(job.jobId(), scope());
        List<Receipt> receipts = services().coordinator().receipts(job.jobId(), scope());
        Optional<Receipt> latest = services().coordinator().receipt(job.jobId(), scope());

        assertThat(result.result().flatMap(it -> Json.text(it, "output")).orElse(""))
                .isNotBlank();
        // A coordinator without a signing key has no receipts at all.
        assertThat(latest.isPresent()).isEqualTo(result.receipt().isPresent()).isEqualTo(!receipts.isEmpty());
        latest.ifPresent(receipt -> {
            assertThat(receipt.jobId()).contains(job.jobId());
            assertThat(receipt.result().flatMap(it -> Json.text(it, "output")))
                    .isEqualTo(result.result().flatMap(it -> Json.text(it, "output")));
            assertThat(receipts).extracting(Receipt::receiptId).contains(receipt.receiptId());
        });
    }

    @Test
    void a_canceled_job_has_no_result_for_ever() throws Exception {
        JobView job = waiting();
        services().coordinator().cancel(job.jobId(), scope());

        OpenClawException failure = Failures.assertFails(
                ErrorCode.PROVIDER_FAILED, () -> services().coordinator().result(job.jobId(), scope()));

        assertThat(failure.upstreamStatus()).hasValue(425);
        assertThat(services().coordinator().receipt(job.jobId(), scope())).isEmpty();
        assertThat(services().coordinator().receipts(job.jobId(), scope())).isEmpty();
    }

    @Test
    void a_job_that_never_was_is_not_found() {
        target().needAccount();

        OpenClawException failure =
                Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> state("0123456789abcdef0123456789abcdef"));

        assertThat(failure.upstreamStatus()).hasValue(404);
    }

    @Test
    void nothing_was_submitted_twice() {
        target().needAccount();

        services().coordinator().cancelTwins(scope());

        assertThat(services().coordinator().jobs(JobQuery.newest(50), scope()).stream()
                        .flatMap(job -> job.reference().stream()))
                .doesNotHaveDuplicates();
    }
}
