package io.aitbc.openclaw.provider.conformance;

import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorServices;
import io.aitbc.openclaw.provider.coordinator.JobState;
import io.aitbc.openclaw.provider.coordinator.JobSubmission;
import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.SubmitException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What all parts of the suite share: one target for each class, and jobs on it. */
@Tag("conformance")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Conformance {
    static final BigDecimal LEAST_PAYMENT = new BigDecimal("0.01");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private @Nullable ConformanceTarget target;

    @BeforeAll
    void openTarget() {
        target = createTarget();
    }

    @AfterAll
    void closeTarget() throws Exception {
        if (target != null) {
            target.end();
        }
    }

    ConformanceTarget createTarget() {
        return ConformanceTarget.start();
    }

    final ConformanceTarget target() {
        return Objects.requireNonNull(target);
    }

    final CoordinatorServices services() {
        return target().services;
    }

    final CallScope scope() {
        return target().scope;
    }

    final JobSubmission job(String model, Optional<JobSubmission.Payment> payment) {
        return new JobSubmission(
                "oc-" + UUID.randomUUID(), model, "Say hi", Duration.ofMinutes(2), payment, Optional.empty());
    }

    /** A job for a model nobody has, which therefore waits. */
    final JobView waiting() throws SubmitException {
        target().needAccount();
        return services()
                .coordinator()
                .submit(job("no-such-model-" + UUID.randomUUID() + ":latest", Optional.empty()), scope());
    }

    final JobView state(String jobId) {
        return services().coordinator().job(jobId, PATIENCE, scope());
    }

    /** Waits for a miner. */
    final JobView ended(JobView job) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> state(job.jobId()).state().terminal());
        return state(job.jobId());
    }

    final JobView completed() throws SubmitException {
        target().needAccount();
        JobView job = ended(services().coordinator().submit(job(target().model(), Optional.empty()), scope()));
        if (job.state() != JobState.COMPLETED) {
            throw new AssertionError("The job of the suite ended as %s: %s".formatted(job.state(), job.error()));
        }
        return job;
    }
}
