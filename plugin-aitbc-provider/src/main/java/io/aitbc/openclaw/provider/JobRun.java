package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.Usage;
import io.aitbc.openclaw.provider.coordinator.Backoff;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorClient;
import io.aitbc.openclaw.provider.coordinator.FailurePlace;
import io.aitbc.openclaw.provider.coordinator.JobResult;
import io.aitbc.openclaw.provider.coordinator.JobState;
import io.aitbc.openclaw.provider.coordinator.JobSubmission;
import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.PaymentView;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import io.aitbc.openclaw.provider.coordinator.SubmitException;
import io.aitbc.openclaw.provider.ledger.Acceptance;
import io.aitbc.openclaw.provider.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job from submission to settlement. Runs on its own thread; the money is reserved already. Whatever happens, in the end
 * the ledger knows where the money is, and a job that is of no use any more is canceled.
 */
final class JobRun implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(JobRun.class);
    /** How long a coordinator may be away before a running job is given up. */
    private static final Duration AWAY = Duration.ofSeconds(20);

    private static final Duration FIRST_LOOK = Duration.ofMillis(200);

    /** What all runs of a provider share. */
    record Tools(
            CoordinatorClient client,
            Ledger ledger,
            Settlement settlement,
            ReceiptChecks receipts,
            WorkCheck work,
            AnswerCheck check,
            Backoff backoff,
            AitbcSettings settings) {}

    private final Order order;
    private final Tools tools;
    private final CallScope scope;
    private final CallScope cleanup;
    private final JobStream stream;
    private final long started = System.nanoTime();

    /** @param cleanup the scope of what happens after the answer or its failure; never canceled by the consumer */
    JobRun(Order order, Tools tools, CallScope scope, CallScope cleanup, JobStream stream) {
        this.order = order;
        this.tools = tools;
        this.scope = scope;
        this.cleanup = cleanup;
        this.stream = stream;
    }

    @Override
    public void run() {
        Optional<JobView> submitted = submit();
        if (submitted.isEmpty()) {
            return;
        }
        JobView job = submitted.get();
        try {
            dispatched(job);
            checkPayment(job);
            deliver(job, await(job));
        } catch (OpenClawException e) {
            failed(job, e);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("job", job.jobId())
                    .setCause(FailurePlace.of(e))
                    .log("aitbc job handling is defective");
            failed(job, new OpenClawException(ErrorCode.INTERNAL, "The AITBC job could not be handled; see the log"));
        }
    }

    private Optional<JobView> submit() {
        try {
            scope.check();
            // Not in the consumer's scope: a submission that is cut off leaves a job nobody knows the id of.
            return Optional.of(tools.client().submit(submission(), cleanup));
        } catch (SubmitException e) {
            stream.fail(e.failure());
            log.atWarn()
                    .addKeyValue("reference", order.reference())
                    .addKeyValue("mayExist", e.mayExist())
                    .log("aitbc job not submitted: {}", e.getMessage());
            tools.settlement().notSubmitted(order.reference(), e.mayExist(), "the job was not submitted");
        } catch (OpenClawException e) {
            stream.fail(e);
            tools.settlement().notSubmitted(order.reference(), false, "canceled before it was sent");
        }
        return Optional.empty();
    }

    private void failed(JobView job, OpenClawException reason) {
        stream.fail(reason);
        // The thread of a plugin that is being unloaded is interrupted; cleaning up needs it for a little longer.
        boolean interrupted = Thread.interrupted();
        String why = reason.code() == ErrorCode.CANCELED ? "canceled" : String.valueOf(reason.getMessage());
        tools.settlement().abandoned(order.reference(), order.price(), job.jobId(), why, cleanup);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private JobSubmission submission() {
        Optional<JobSubmission.Payment> payment = order.free()
                ? Optional.empty()
                : Optional.of(new JobSubmission.Payment(
                        order.price().coins(),
                        tools.settings().wallet().orElseThrow().address(),
                        order.offer().providerAddress().orElseThrow()));
        return new JobSubmission(
                order.reference(),
                order.remoteModel(),
                order.prompt(),
                tools.settings().jobTtl(),
                payment,
                tools.work().possible() ? Optional.of(order.price()) : Optional.empty());
    }

    private void dispatched(JobView job) {
        log.atInfo()
                .addKeyValue("reference", order.reference())
                .addKeyValue("job", job.jobId())
                .addKeyValue("model", order.model())
                .addKeyValue("price", order.price())
                .log("aitbc job submitted");
        tools.ledger().dispatched(order.reference(), job.jobId());
        stream.state(job.state().name());
    }

    /** The coordinator accepts a job even when it did not take the payment, and then somebody works for nothing. */
    private void checkPayment(JobView job) {
        String status = job.paymentStatus().orElse("none");
        boolean taken = status.equals(PaymentView.ESCROWED) || status.equals(PaymentView.RELEASED);
        if (!order.free() && !taken) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "The AITBC network did not take the payment (payment_status is %s); the job was canceled"
                            .formatted(Texts.line(status)));
        }
    }

    private Answer await(JobView submitted) {
        long submittedAt = System.nanoTime();
        Duration limit = ownLimit(tools.settings().jobTtl());
        Duration pause = FIRST_LOOK;
        Optional<Long> awaySince = Optional.empty();
        Optional<Long> runningSince = Optional.empty();
        JobView job = submitted;
        while (!job.state().terminal()) {
            refuseOtherMiner(job);
            if (job.state() == JobState.RUNNING && runningSince.isEmpty()) {
                runningSince = Optional.of(System.nanoTime());
            }
            checkTime(job, limit, submittedAt, runningSince);
            Duration longest = tools.settings().pollInterval();
            pause = pause.compareTo(longest) > 0 ? longest : pause;
            scope.pause(tools.backoff().spread(pause));
            pause = pause.plus(pause.dividedBy(2));
            try {
                job = tools.client().job(submitted.jobId(), limit.minus(elapsed()), scope);
                awaySince = Optional.empty();
                stream.state(job.state().name());
            } catch (OpenClawException e) {
                awaySince = Optional.of(awaySince.orElse(System.nanoTime()));
                boolean away = since(awaySince.get()).compareTo(AWAY) > 0;
                if (!passing(e) || away) {
                    throw e;
                }
            }
        }
        return outcome(job);
    }

    /** A coordinator that restarts, or hangs while it makes a proof, comes back. */
    private static boolean passing(OpenClawException e) {
        return e.code() == ErrorCode.UNREACHABLE || e.upstreamStatus().orElse(0) >= 500;
    }

    private Answer outcome(JobView job) {
        return switch (job.state()) {
            case COMPLETED -> completed(job);
            case EXPIRED ->
                throw new OpenClawException(
                        ErrorCode.JOB_EXPIRED, "The AITBC job was not done within its time to live");
            case FAILED, CANCELED, QUEUED, RUNNING, UNKNOWN ->
                throw new OpenClawException(
                        ErrorCode.PROVIDER_FAILED,
                        "The AITBC job ended as %s: %s"
                                .formatted(job.state(), job.error().orElse("no reason given")));
        };
    }

    private Answer completed(JobView job) {
        JobResult delivered = tools.client().result(job.jobId(), scope);
        Answer answer = tools.check().check(order, job, delivered, () -> receipts(job.jobId()));
        // Of what cost nothing the caps limit no number, and so the questions about it would have none.
        if (!order.free()) {
            tools.receipts().begin(Claim.of(order, job, AnswerCheck.result(job, delivered)), answer);
        }
        return answer;
    }

    private List<Receipt> receipts(String jobId) {
        return tools.client().receipts(jobId, scope);
    }

    /** A pinned job that another miner took is given up at once: its answer would be refused, and paid. */
    private void refuseOtherMiner(JobView job) {
        if (order.pinned().isPresent()
                && job.miner().isPresent()
                && !job.miner().equals(order.pinned())) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "The AITBC job was taken by %s, not by %s as asked"
                            .formatted(
                                    Texts.line(job.miner().get()),
                                    order.pinned().get()));
        }
    }

    private void checkTime(JobView job, Duration limit, long submittedAt, Optional<Long> runningSince) {
        if (elapsed().compareTo(limit) >= 0) {
            throw late("The AITBC job was not done within %d ms", limit);
        }
        Duration queue = tools.settings().queueTimeout();
        if (job.state() == JobState.QUEUED && since(submittedAt).compareTo(queue) >= 0) {
            throw late("No AITBC miner took the job within %d ms (queue-timeout)", queue);
        }
        Duration run = tools.settings().runTimeout();
        if (runningSince.filter(since -> since(since).compareTo(run) >= 0).isPresent()) {
            throw late("The AITBC miner did not finish the job within %d ms (run-timeout)", run);
        }
    }

    private static OpenClawException late(String text, Duration limit) {
        return new OpenClawException(ErrorCode.JOB_EXPIRED, text.formatted(limit.toMillis()));
    }

    /** Ends before the job's own time to live: expiry is only noticed when somebody looks. */
    private static Duration ownLimit(Duration timeToLive) {
        return timeToLive.minus(timeToLive.dividedBy(10));
    }

    private Duration elapsed() {
        return since(started);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private void deliver(JobView job, Answer answer) {
        // Before anybody sees the text: whatever is posted for this job later, this is its answer.
        answer.receipt()
                .ifPresent(receipt -> tools.ledger()
                        .accept(order.reference(), new Acceptance(receipt.receiptId(), Texts.sha256(answer.text()))));
        String text = Texts.before(order.stop(), answer.text());
        ToolCallParser.Parsed parsed = new ToolCallParser(order.tools(), () -> "call_" + UUID.randomUUID()).parse(text);
        Texts.chunks(parsed.text()).forEach(chunk -> stream.add(new InferenceEvent.Text(chunk)));
        if (!parsed.calls().isEmpty()) {
            stream.add(new InferenceEvent.ToolCalls(parsed.calls()));
        }
        Settlement.Bill bill = tools.settlement().accepted(order.reference(), order.price(), job.jobId(), cleanup);
        stream.add(new InferenceEvent.Finished(
                FinishReason.STOP,
                new Usage(
                        OptionalInt.empty(),
                        answer.tokens(),
                        Optional.of(elapsed()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(),
                Optional.of(record(job, answer, bill)),
                Optional.empty()));
        log.atInfo()
                .addKeyValue("job", job.jobId())
                .addKeyValue("miner", answer.miner().map(Texts::line).orElse("unknown"))
                .addKeyValue("cost", bill.cost())
                .addKeyValue("assurance", answer.assurance())
                .log("aitbc job done");
    }

    private JobRecord record(JobView job, Answer answer, Settlement.Bill bill) {
        List<String> notProven = new ArrayList<>(answer.notProven());
        bill.remark().ifPresent(notProven::add);
        if (!order.ignored().isEmpty()) {
            notProven.add("that these options had an effect, because miners ignore them: "
                    + String.join(", ", order.ignored()));
        }
        JobRecord record = new JobRecord(
                        AitbcInferenceProvider.ID,
                        job.jobId(),
                        answer.miner(),
                        answer.model(),
                        bill.cost(),
                        answer.receipt().map(Receipt::receiptId),
                        answer.receipt().map(Receipt::json),
                        answer.assurance(),
                        notProven)
                .withAnswer(Texts.sha256(answer.text()));
        return answer.work().map(record::withWork).orElse(record);
    }
}
