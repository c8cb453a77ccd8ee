package io.aitbc.openclaw.zk.proving;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofProgress;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proof in the queue of {@link QueuedProofGenerator}. Its input is forgotten at its end. */
final class QueuedProof implements ProofJob, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedProof.class);

    private final String id = UUID.randomUUID().toString();
    private final ProvingCircuit circuit;
    private final ProofMaker maker;
    private final Duration limit;
    private final ScheduledExecutorService clock;
    private final CountDownLatch ended = new CountDownLatch(1);

    private @Nullable ProofInput input;
    private ProofProgress progress = new ProofProgress(ProofProgress.State.QUEUED, 0);
    private @Nullable Thread worker;
    private @Nullable OpenClawException stopped;
    private @Nullable OpenClawException failure;
    private @Nullable GeneratedProof proof;

    /** @param clock interrupts it when the limit is over */
    QueuedProof(
            ProvingCircuit circuit,
            ProofInput input,
            Duration limit,
            ProofMaker maker,
            ScheduledExecutorService clock) {
        this.circuit = circuit;
        this.input = input;
        this.limit = limit;
        this.maker = maker;
        this.clock = clock;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String circuit() {
        return circuit.name();
    }

    @Override
    public synchronized ProofProgress progress() {
        return progress;
    }

    @Override
    public GeneratedProof result() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpenClawException(ErrorCode.CANCELED, "Interrupted while waiting for proof %s".formatted(id), e);
        }
        synchronized (this) {
            if (proof != null) {
                return proof;
            }
            // A new one for each caller: stack traces are of those who wait.
            OpenClawException why = failure == null ? canceled() : failure;
            throw new OpenClawException(why.code(), why.getMessage());
        }
    }

    @Override
    public void cancel() {
        stop(canceled());
    }

    private OpenClawException canceled() {
        return new OpenClawException(
                ErrorCode.CANCELED, "Proof %s of circuit %s was canceled".formatted(id, circuit()));
    }

    /** Ends it, with a reason that counts when it is the first one. */
    synchronized void stop(OpenClawException reason) {
        if (progress.state().isEnd() || stopped != null) {
            return;
        }
        stopped = reason;
        if (worker == null) {
            end(reason);
        } else {
            worker.interrupt();
        }
    }

    /** On the thread of the worker. */
    @Override
    public void run() {
        ProofInput secret = begin();
        if (secret == null) {
            return;
        }
        try (Alarm _ = alarm()) {
            GeneratedProof made = maker.make(circuit, secret, this::reached);
            finish(made, null);
        } catch (InterruptedException e) {
            finish(null, canceled());
        } catch (OpenClawException e) {
            finish(null, e);
        } catch (RuntimeException | Error e) {
            // Only its kind: a text may quote what is secret.
            finish(
                    null,
                    new OpenClawException(
                            ErrorCode.INTERNAL,
                            "Proof %s of circuit %s failed: %s"
                                    .formatted(id, circuit(), e.getClass().getSimpleName())));
        }
    }

    /** Stops the work when the limit is over. */
    private Alarm alarm() {
        OpenClawException late = new OpenClawException(
                ErrorCode.JOB_EXPIRED,
                "Proof %s of circuit %s was not made within %d ms".formatted(id, circuit(), limit.toMillis()));
        Future<?> alarm = clock.schedule(() -> stop(late), limit.toMillis(), TimeUnit.MILLISECONDS);
        return () -> alarm.cancel(false);
    }

    private interface Alarm extends AutoCloseable {
        @Override
        void close();
    }

    private synchronized @Nullable ProofInput begin() {
        if (progress.state().isEnd()) {
            return null;
        }
        worker = Thread.currentThread();
        return input;
    }

    private synchronized void reached(ProofProgress.State state, int percent) {
        if (!progress.state().isEnd()) {
            progress = new ProofProgress(state, Math.max(percent, progress.percent()));
        }
    }

    private synchronized void finish(@Nullable GeneratedProof made, @Nullable OpenClawException why) {
        worker = null;
        // An interruption that came too late must not reach the next proof.
        boolean _ = Thread.interrupted();
        if (stopped != null) {
            end(stopped);
        } else if (why != null) {
            end(why);
        } else {
            proof = made;
            over(ProofProgress.State.DONE, 100);
        }
    }

    private void end(OpenClawException why) {
        failure = why;
        over(
                why.code() == ErrorCode.CANCELED ? ProofProgress.State.CANCELED : ProofProgress.State.FAILED,
                progress.percent());
    }

    private void over(ProofProgress.State state, int percent) {
        progress = new ProofProgress(state, percent);
        input = null;
        ended.countDown();
        LOG.atInfo()
                .addKeyValue("proof", id)
                .addKeyValue("circuit", circuit())
                .addKeyValue("state", state)
                .addKeyValue("ms", proof == null ? "" : proof.took().toMillis())
                .log("proof ended");
    }
}
