package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where jobs are computed, a limited number at a time. What comes of one is in the outbox before its place is free again. */
final class Workbench {
    private static final Logger log = LoggerFactory.getLogger(Workbench.class);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(2);
    private static final int STORE_ATTEMPTS = 5;

    private final PluginContext context;
    private final MinerSettings settings;
    private final OfferedModels models;
    private final DailyUse daily;
    private final Tally tally;
    private final ReceiptDesk receipts;
    private final Semaphore places;
    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();
    private final CallScope storing = new CallScope();

    Workbench(PluginContext context, MinerSettings settings, OfferedModels models, DailyUse daily, Tally tally) {
        this.context = context;
        this.settings = settings;
        this.models = models;
        this.daily = daily;
        this.tally = tally;
        this.receipts = new ReceiptDesk(context.extensions(), settings.price());
        this.places = new Semaphore(settings.concurrency());
    }

    /** Takes a place if one becomes free in time. */
    boolean reserve(Duration patience) {
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives a place back that was not used. */
    void release() {
        places.release();
    }

    /** See {@link ReceiptDesk#keyId()}. */
    Optional<String> receiptKey() {
        return receipts.keyId();
    }

    int count() {
        return running.size();
    }

    Set<String> ids() {
        return Set.copyOf(running.keySet());
    }

    /** Whether a job is being computed, or what came of it is known already. */
    boolean knows(String jobId) {
        return running.containsKey(jobId)
                || context.outbox().find(ResultDelivery.TOPIC, jobId).isPresent();
    }

    /** Computes a job on the place that was taken, and frees it. */
    void start(Intake intake) {
        RunningJob job = new RunningJob(intake.jobId(), settings.limits());
        if (knows(intake.jobId()) || running.putIfAbsent(intake.jobId(), job) != null) {
            places.release();
            return;
        }
        try {
            context.executor().execute(() -> work(job, intake));
        } catch (RejectedExecutionException e) {
            finished(intake.jobId());
        }
    }

    private void work(RunningJob job, Intake intake) {
        try {
            daily.begin();
            Outcome outcome = compute(job, intake);
            daily.worked(outcome.took());
            tally.ended(outcome);
            log.atInfo()
                    .addKeyValue("job", intake.jobId())
                    .addKeyValue("outcome", outcome.getClass().getSimpleName())
                    .addKeyValue("millis", outcome.took().toMillis())
                    .log("miner job ended");
            report(intake, outcome).ifPresent(this::keep);
        } finally {
            finished(intake.jobId());
        }
    }

    private void finished(String jobId) {
        running.remove(jobId);
        places.release();
    }

    private Outcome compute(RunningJob job, Intake intake) {
        return switch (intake) {
            case Intake.Refused refused -> job.failed(refused.code(), refused.reason());
            case Intake.Accepted accepted ->
                models.find(accepted.model())
                        .map(source -> job.run(accepted, source, context.scheduler(), context.executor()))
                        .orElseGet(() -> job.missing(accepted.model()));
        };
    }

    private Optional<Report> report(Intake intake, Outcome outcome) {
        String jobId = intake.jobId();
        return switch (outcome) {
            case Outcome.Completed done ->
                Optional.of(Report.of(settings.key().id(), jobId, done, receipt(intake, done)));
            case Outcome.Failed failed ->
                Optional.of(Report.of(settings.key().id(), jobId, failed, settings.honestFailures()));
            case Outcome.Dropped _ -> Optional.empty();
        };
    }

    private Optional<String> receipt(Intake intake, Outcome.Completed done) {
        return intake instanceof Intake.Accepted job
                ? receipts.receipt(job, Report.output(done), done.tokens())
                : Optional.empty();
    }

    private void keep(Report report) {
        for (int attempt = 1; ; attempt++) {
            try {
                context.outbox().add(ResultDelivery.TOPIC, report.jobId(), report.jobId(), report.payload());
                return;
            } catch (OpenClawException e) {
                if (e.code() == ErrorCode.INVALID_REQUEST) {
                    refused(report, e);
                    return;
                }
                if (attempt == STORE_ATTEMPTS) {
                    log.atError()
                            .addKeyValue("job", report.jobId())
                            .addKeyValue("reason", e.getMessage())
                            .log("miner loses a result: the outbox cannot store it");
                    return;
                }
                storing.pause(STORE_PAUSE);
            }
        }
    }

    /** Either there is an older outcome, which stays, or this one is too long. */
    private void refused(Report report, OpenClawException e) {
        boolean older =
                context.outbox().find(ResultDelivery.TOPIC, report.jobId()).isPresent();
        log.atWarn()
                .addKeyValue("job", report.jobId())
                .addKeyValue("older", older)
                .addKeyValue("reason", e.getMessage())
                .log("miner's outbox refused a result");
        if (!older && report.kind() == Report.Kind.RESULT) {
            Outcome.Failed failed = new Outcome.Failed(
                    FailureCode.OUTPUT_TOO_LONG, "The answer is longer than this miner can send", Duration.ZERO);
            Report shorter = Report.of(settings.key().id(), report.jobId(), failed, settings.honestFailures());
            context.outbox().add(ResultDelivery.TOPIC, shorter.jobId(), shorter.jobId(), shorter.payload());
        }
    }

    /** Ends a job without an outcome: its client does not want it any more. */
    void cancel(String jobId) {
        Optional.ofNullable(running.get(jobId)).ifPresent(job -> job.end(RunningJob.End.CANCELED));
    }

    /**
     * Lets what runs go on for a while, then fails it, and returns when all is in the outbox. Nothing may be started
     * meanwhile.
     */
    void drain(Duration grace) {
        int all = settings.concurrency();
        try {
            if (!places.tryAcquire(all, grace.toNanos(), TimeUnit.NANOSECONDS)) {
                running.values().forEach(job -> job.end(RunningJob.End.STOPPED));
                // An engine stops within a second of being told.
                if (!places.tryAcquire(all, 2, TimeUnit.SECONDS)) {
                    log.atWarn().addKeyValue("jobs", running.keySet()).log("miner's engines do not stop");
                    return;
                }
            }
            places.release(all);
        } catch (InterruptedException e) {
            running.values().forEach(job -> job.end(RunningJob.End.STOPPED));
            Thread.currentThread().interrupt();
        } finally {
            storing.cancel();
        }
    }
}
