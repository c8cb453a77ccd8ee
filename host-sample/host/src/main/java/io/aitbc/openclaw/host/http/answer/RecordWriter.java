package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.host.http.wire.FailurePlace;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds records to the proof chain. One that cannot be added now, as the plugin is being replaced or the disk is full, is kept and tried again. */
final class RecordWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** What is done with a record that is on disk. */
    interface Added {
        void to(ProofChain chain, long index);
    }

    private final Extensions extensions;
    private final Added added;
    private final CountDownLatch closing = new CountDownLatch(1);

    RecordWriter(Extensions extensions, Added added) {
        this.extensions = extensions;
        this.added = added;
    }

    /**
     * Returns when the record is on disk or given up.
     *
     * @param patient whether it is tried more than once
     * @param written its index as soon as it is on disk; nothing as soon as that will not be soon
     */
    void write(
            String requestId, Supplier<AnswerRecord> made, boolean patient, CompletableFuture<OptionalLong> written) {
        try {
            AnswerRecord answer = made.get();
            long deadline = System.nanoTime() + (patient ? KEPT.toNanos() : 0);
            Duration pause = FIRST_PAUSE;
            while (!tryOnce(answer, deadline, written) && isWorthWaiting(pause)) {
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("request", requestId)
                    .setCause(FailurePlace.of(e))
                    .log("answer not recorded in the proof chain");
        } finally {
            boolean _ = written.complete(OptionalLong.empty());
        }
    }

    /** Whether that was all. */
    private boolean tryOnce(AnswerRecord answer, long deadline, CompletableFuture<OptionalLong> written) {
        boolean last = System.nanoTime() - deadline >= 0 || closing.getCount() == 0;
        try {
            ProofChain chain = extensions
                    .first(ProofChain.class)
                    .orElseThrow(() -> new OpenClawException(
                            ErrorCode.PLUGIN_UNAVAILABLE, "The plugin that keeps the proof chain is not loaded now"));
            long index = chain.append(answer).index();
            LOG.atInfo()
                    .addKeyValue("request", answer.requestId())
                    .addKeyValue("job", answer.jobId().orElse("none"))
                    .addKeyValue("index", index)
                    .log("answer recorded in the proof chain");
            boolean _ = written.complete(OptionalLong.of(index));
            added.to(chain, index);
            return true;
        } catch (OpenClawException e) {
            (last ? LOG.atError() : LOG.atWarn())
                    .addKeyValue("request", answer.requestId())
                    .addKeyValue("code", e.code())
                    .log(
                            last
                                    ? "answer not recorded in the proof chain: {}"
                                    : "answer not recorded in the proof chain yet, to be tried again: {}",
                            e.getMessage());
            if (e.code() != ErrorCode.PLUGIN_UNAVAILABLE) {
                boolean _ = written.complete(OptionalLong.empty());
            }
            return last;
        }
    }

    /** Also when the host ends: then for the last time, at once. */
    private boolean isWorthWaiting(Duration pause) {
        try {
            boolean _ = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.atError().log("an answer is not recorded in the proof chain: the host ends");
            return false;
        }
    }

    /** What waits is tried once more, at once. */
    @Override
    public void close() {
        closing.countDown();
    }
}
