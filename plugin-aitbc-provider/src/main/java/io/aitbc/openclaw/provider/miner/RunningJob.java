package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.provider.coordinator.ErrorText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job on an engine, which others may end. */
final class RunningJob {
    private static final Logger log = LoggerFactory.getLogger(RunningJob.class);

    /** Longest token there is, generously; an engine that ignores the limit on tokens meets this one. */
    private static final int CHARACTERS_PER_TOKEN = 64;

    /** Why it was ended from outside. */
    enum End {
        TOO_LONG,
        STOPPED,
        CANCELED
    }

    private final String id;
    private final MinerSettings.JobLimits limits;
    private final long start = System.nanoTime();
    private @Nullable End end;
    private @Nullable InferenceStream stream;

    RunningJob(String id, MinerSettings.JobLimits limits) {
        this.id = id;
        this.limits = limits;
    }

    /** Ends it, for the first reason given. */
    void end(End reason) {
        InferenceStream open;
        synchronized (this) {
            if (end == null) {
                end = reason;
            }
            open = stream;
        }
        if (open != null) {
            open.close();
        }
    }

    private synchronized Optional<End> ended() {
        return Optional.ofNullable(end);
    }

    private synchronized void running(InferenceStream opened) {
        stream = opened;
    }

    /** Computes; whatever happens has an outcome. */
    Outcome run(Intake.Accepted job, OfferedModels.Source source, ScheduledExecutorService timer, Executor executor) {
        ScheduledFuture<?> alarm = timer.schedule(
                () -> executor.execute(() -> end(End.TOO_LONG)), limits.time().toNanos(), TimeUnit.NANOSECONDS);
        try {
            return compute(job, source);
        } catch (RuntimeException e) {
            return failure(job, e);
        } finally {
            alarm.cancel(false);
        }
    }

    private Outcome compute(Intake.Accepted job, OfferedModels.Source source) {
        try (InferenceStream answer = source.engine().generate(request(job, source))) {
            running(answer);
            // It may have been ended before there was anything to close.
            ended().ifPresent(this::end);
            StringBuilder text = new StringBuilder();
            while (true) {
                switch (answer.next()) {
                    case InferenceEvent.Text piece -> {
                        text.append(piece.text());
                        if (text.length() > (long) limits.outputTokens() * CHARACTERS_PER_TOKEN) {
                            return failed(FailureCode.OUTPUT_TOO_LONG, "The answer is longer than this miner allows");
                        }
                    }
                    case InferenceEvent.Finished whole -> {
                        Duration took = took();
                        return new Outcome.Completed(
                                text.toString(),
                                job.model(),
                                Math.max(0, whole.usage().outputTokens().orElse(0)),
                                source.onGpu(),
                                whole.reason() == FinishReason.LENGTH,
                                took);
                    }
                    case InferenceEvent.Thinking _, InferenceEvent.ToolCalls _, InferenceEvent.Waiting _ -> {}
                }
            }
        }
    }

    /** The prompt alone, on this host alone, whole: one that is too long fails instead of being cut. */
    private GenerateRequest request(Intake.Accepted job, OfferedModels.Source source) {
        GenerationOptions options = GenerationOptions.of("num_predict", (long) limits.outputTokens());
        InferenceSettings settings =
                new InferenceSettings(options, Optional.empty(), Think.UNSET, Optional.empty(), false, 0, false, true);
        return GenerateRequest.of(
                source.name(),
                job.prompt(),
                settings,
                new RequestContext("aitbc-job-" + id, PrivacyClass.LOCAL_ONLY, Optional.empty()));
    }

    private Outcome failure(Intake.Accepted job, RuntimeException e) {
        Optional<End> reason = ended();
        if (reason.isPresent()) {
            return switch (reason.get()) {
                case TOO_LONG ->
                    failed(
                            FailureCode.TIME_LIMIT,
                            "The model did not answer within %d ms"
                                    .formatted(limits.time().toMillis()));
                case STOPPED -> failed(FailureCode.MINER_STOPPED, "The miner was stopped");
                case CANCELED -> new Outcome.Dropped(took());
            };
        }
        if (!(e instanceof OpenClawException known)) {
            // Its text may be anything, a prompt for instance.
            log.atWarn()
                    .addKeyValue("job", id)
                    .addKeyValue("type", e.getClass())
                    .log("miner's engine failed");
            return failed(FailureCode.INFERENCE_FAILED, "The inference failed");
        }
        // An engine's own words name places of the host; they are for its operator.
        log.atWarn()
                .addKeyValue("job", id)
                .addKeyValue("reason", known.getMessage())
                .log("miner cannot compute");
        return switch (known.code()) {
            case MODEL_NOT_FOUND -> missing(job.model());
            case CONTEXT_OVERFLOW ->
                failed(FailureCode.PROMPT_TOO_LONG, "The prompt does not fit the context of the model");
            case OVERLOADED -> failed(FailureCode.INFERENCE_FAILED, "The model runner is busy");
            case UNREACHABLE, PLUGIN_UNAVAILABLE ->
                failed(FailureCode.INFERENCE_FAILED, "The model runner is not available");
            default -> failed(FailureCode.INFERENCE_FAILED, "The inference failed");
        };
    }

    /** Nothing takes the place of a model that is not there. */
    Outcome missing(String model) {
        String named = ErrorText.line(model);
        return failed(FailureCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(named));
    }

    Outcome failed(FailureCode code, String reason) {
        return new Outcome.Failed(code, reason, took());
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
