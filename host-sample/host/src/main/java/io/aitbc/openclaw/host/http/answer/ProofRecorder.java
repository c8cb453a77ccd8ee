package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the proof chain a record of each answer. The last line of a network's answer waits until its record is on disk: who has that line
 * has paid, and finds the record whatever becomes of the host. A local answer does not wait. When too many records are under way, the next
 * answer's thread writes its own, once.
 */
public final class ProofRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProofRecorder.class);
    private static final int MOST_WAITING = 256;
    /** A registry that nobody asks still keeps this close to its log. */
    private static final int FOLLOW_EVERY = 256;

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Extensions extensions;
    private final Optional<ProofRegistry> registry;
    private final AnswerRecords records;
    private final RecordWriter writer;
    private final boolean network;
    private final boolean local;
    private final Duration patience;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(MOST_WAITING, true);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /** A router whose answer is recorded. */
    interface Watch {
        InferenceRouter router();

        /** Index of the record, once the answer is whole and the record on disk. */
        OptionalLong record();
    }

    /**
     * @param network whether answers that a network computed are recorded
     * @param local whether all others are
     * @param patience how long an answer waits for its record; then it goes out without, and a log line says so
     */
    public ProofRecorder(
            Extensions extensions,
            Optional<ProofRegistry> registry,
            boolean network,
            boolean local,
            Duration patience,
            InstantSource clock) {
        this.extensions = extensions;
        this.registry = registry;
        this.records = new AnswerRecords(extensions);
        this.writer = new RecordWriter(extensions, this::follow);
        this.network = network;
        this.local = local;
        this.patience = patience;
        this.clock = clock;
    }

    /** The router for one answer. */
    Watch watch(InferenceRouter router) {
        boolean records =
                (network || local) && extensions.first(ProofChain.class).isPresent();
        return records ? new RecordedRouter(router, this::record, clock) : new Unwatched(router);
    }

    /** Waits until what was answered before is recorded, or for this long. */
    public void settle(Duration limit) {
        try {
            if (room.tryAcquire(MOST_WAITING, limit.toMillis(), TimeUnit.MILLISECONDS)) {
                room.release(MOST_WAITING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OptionalLong record(AnswerRecords.Start start, AnswerRecords.End end) {
        boolean ofNetwork = end.finished().job().isPresent();
        if (!(ofNetwork ? network : local)) {
            return OptionalLong.empty();
        }
        String requestId = start.requestId();
        Supplier<AnswerRecord> answer = () -> records.of(start, end);
        CompletableFuture<OptionalLong> written = new CompletableFuture<>();
        if (!room.tryAcquire()) {
            writer.write(requestId, answer, false, written);
            return written.join();
        }
        executor.execute(() -> {
            try {
                writer.write(requestId, answer, true, written);
            } finally {
                room.release();
            }
        });
        return ofNetwork ? await(requestId, written) : OptionalLong.empty();
    }

    private OptionalLong await(String requestId, CompletableFuture<OptionalLong> written) {
        try {
            return written.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("request", requestId)
                    .addKeyValue("waited", patience)
                    .log("the disk is slow: an answer went out before its record was written");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("writing a record ends without a failure", e);
        }
        return OptionalLong.empty();
    }

    private void follow(ProofChain chain, long index) {
        if ((index + 1) % FOLLOW_EVERY == 0 && !executor.isShutdown()) {
            registry.ifPresent(it -> executor.execute(() -> {
                try {
                    it.follow(chain);
                } catch (OpenClawException e) {
                    LOG.atWarn().addKeyValue("code", e.code()).log("{}", e.getMessage());
                }
            }));
        }
    }

    /** Waits for what is being recorded. */
    @Override
    public void close() {
        writer.close();
        settle(CLOSING);
        executor.shutdownNow();
    }

    private record Unwatched(InferenceRouter router) implements Watch {
        @Override
        public OptionalLong record() {
            return OptionalLong.empty();
        }
    }
}
