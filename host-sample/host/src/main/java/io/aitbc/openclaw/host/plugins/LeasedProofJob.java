package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofProgress;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps the generation that makes a proof until the proof is made, failed or canceled; then only what came out of it. */
final class LeasedProofJob implements ProofJob, Running {
    /** What the plugin gave; forgotten at the end, because callers may keep jobs for longer than the plugin is loaded. */
    private record Source(Generation generation, ProofJob job) {}

    private final String id;
    private final String circuit;
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Source source;

    /** Calls into the plugin's job that run now, the one that waits for its end included. */
    private int users = 1;

    private int percent;
    private boolean aborted;
    private @Nullable Thread follower;
    private @Nullable GeneratedProof proof;
    private @Nullable OpenClawException failure;

    private LeasedProofJob(Source source) {
        this.source = source;
        id = Objects.requireNonNull(source.job().id(), "a proof has no id");
        circuit = Objects.requireNonNull(source.job().circuit(), "a proof has no circuit");
    }

    /** The caller holds a lease; the job takes another one. */
    static LeasedProofJob follow(Generation generation, ProofJob job) {
        Source source = new Source(generation, Objects.requireNonNull(job, "a plugin returned no proof"));
        LeasedProofJob leased = new LeasedProofJob(source);
        if (!generation.tryAcquire()) {
            throw new IllegalStateException("A proof was started without a lease");
        }
        generation.enter(leased);
        Thread thread = Thread.ofVirtual().unstarted(() -> leased.follow(source));
        synchronized (leased) {
            leased.follower = thread;
        }
        thread.start();
        return leased;
    }

    private void follow(Source from) {
        ClassLoader before = from.generation().switchContext();
        try {
            GeneratedProof made = Objects.requireNonNull(from.job().result(), "a plugin returned no proof");
            end(made, null);
        } catch (Throwable e) {
            end(null, from.generation().failure("proof", e, wasAborted()));
        } finally {
            from.generation().restoreContext(before);
            leave(from);
        }
    }

    private void end(@Nullable GeneratedProof made, @Nullable OpenClawException why) {
        synchronized (this) {
            proof = made;
            failure = why;
            follower = null;
        }
        over.countDown();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String circuit() {
        return circuit;
    }

    @Override
    public ProofProgress progress() {
        Source from = enter();
        if (from == null) {
            return last();
        }
        ProofProgress progress = call(from, "progress", ProofJob::progress);
        synchronized (this) {
            percent = progress.percent();
        }
        return progress;
    }

    private synchronized ProofProgress last() {
        if (proof != null) {
            return new ProofProgress(ProofProgress.State.DONE, 100);
        }
        boolean canceled = failure != null && failure.code() == ErrorCode.CANCELED;
        return new ProofProgress(canceled ? ProofProgress.State.CANCELED : ProofProgress.State.FAILED, percent);
    }

    @Override
    public GeneratedProof result() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpenClawException(ErrorCode.CANCELED, "Interrupted while waiting for proof " + id, e);
        }
        synchronized (this) {
            if (proof != null) {
                return proof;
            }
            OpenClawException why = Objects.requireNonNull(failure);
            throw new OpenClawException(why.code(), why.getMessage());
        }
    }

    @Override
    public void cancel() {
        Source from = enter();
        if (from != null) {
            boolean _ = call(from, "cancel", job -> {
                job.cancel();
                return true;
            });
        }
    }

    @Override
    public void abort() {
        synchronized (this) {
            aborted = true;
            if (follower != null) {
                follower.interrupt();
            }
        }
        cancel();
    }

    private synchronized boolean wasAborted() {
        return aborted;
    }

    /** The caller has entered. */
    private <R> R call(Source from, String operation, Function<ProofJob, R> body) {
        ClassLoader before = from.generation().switchContext();
        try {
            return Objects.requireNonNull(body.apply(from.job()), "a plugin returned nothing");
        } catch (Throwable e) {
            throw from.generation().failure(operation, e, wasAborted());
        } finally {
            from.generation().restoreContext(before);
            leave(from);
        }
    }

    /** Null once it is over. */
    private synchronized @Nullable Source enter() {
        if (source != null && over.getCount() > 0) {
            users++;
            return source;
        }
        return null;
    }

    private void leave(Source from) {
        synchronized (this) {
            users--;
            if (users > 0) {
                return;
            }
            source = null;
        }
        from.generation().leave(this);
        from.generation().release();
    }
}
