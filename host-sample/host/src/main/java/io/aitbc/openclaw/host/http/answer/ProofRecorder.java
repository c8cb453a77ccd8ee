package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.ProofChain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the proof chain a record of each answer, beside the answer: the client never waits for a disk. When too many wait, the next
 * answer's thread writes its own, so that none is dropped.
 */
public final class ProofRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProofRecorder.class);
    private static final int MOST_WAITING = 256;
    private static final int LONGEST_REASON = 1000;
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Extensions extensions;
    private final boolean network;
    private final boolean local;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(MOST_WAITING, true);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param network whether answers that a network computed are recorded
     * @param local whether all others are
     */
    public ProofRecorder(Extensions extensions, boolean network, boolean local, InstantSource clock) {
        this.extensions = extensions;
        this.network = network;
        this.local = local;
        this.clock = clock;
    }

    /** The router, watched when there is something to record for. */
    InferenceRouter watch(InferenceRouter router) {
        boolean records =
                (network || local) && extensions.first(ProofChain.class).isPresent();
        return records ? new Watched(router) : router;
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

    private void record(Supplier<AnswerRecord> answer) {
        if (!room.tryAcquire()) {
            append(answer);
            return;
        }
        executor.execute(() -> {
            try {
                append(answer);
            } finally {
                room.release();
            }
        });
    }

    private void append(Supplier<AnswerRecord> made) {
        AnswerRecord answer = made.get();
        try {
            Optional<ProofChain> chain = extensions.first(ProofChain.class);
            if (chain.isPresent()) {
                long index = chain.get().append(answer).index();
                LOG.atInfo()
                        .addKeyValue("request", answer.requestId())
                        .addKeyValue("job", answer.jobId().orElse("none"))
                        .addKeyValue("index", index)
                        .log("answer recorded in the proof chain");
            }
        } catch (OpenClawException e) {
            LOG.atWarn()
                    .addKeyValue("request", answer.requestId())
                    .addKeyValue("code", e.code())
                    .log("answer not recorded in the proof chain: {}", e.getMessage());
        }
    }

    /** Waits for what is being recorded. */
    @Override
    public void close() {
        settle(CLOSING);
        executor.shutdownNow();
    }

    /** What is known of an answer when it starts. */
    private record Start(String requestId, String model, Instant time, Supplier<String> promptSha256) {}

    private final class Watched implements InferenceRouter {
        private final InferenceRouter router;

        Watched(InferenceRouter router) {
            this.router = router;
        }

        @Override
        public String id() {
            return router.id();
        }

        @Override
        public RoutePlan plan(RouteQuery query) {
            return router.plan(query);
        }

        @Override
        public Embeddings embed(EmbedRequest request) {
            return router.embed(request);
        }

        @Override
        public InferenceStream chat(ChatRequest request) {
            Start start = new Start(
                    request.context().requestId(), request.model(), clock.instant(), () -> PromptHash.of(request));
            return watched(start, router.chat(request));
        }

        @Override
        public InferenceStream generate(GenerateRequest request) {
            Start start = new Start(
                    request.context().requestId(), request.model(), clock.instant(), () -> PromptHash.of(request));
            return watched(start, router.generate(request));
        }

        private InferenceStream watched(Start start, InferenceStream stream) {
            return new RecordedStream(stream, (finished, output, onlyText) -> {
                if (finished.job().isPresent() ? network : local) {
                    Instant ended = clock.instant();
                    record(() -> answer(start, finished, output, onlyText, ended));
                }
            });
        }
    }

    private AnswerRecord answer(
            Start start, InferenceEvent.Finished finished, String output, boolean onlyText, Instant ended) {
        Optional<JobRecord> job = finished.job();
        Optional<RouteDecision> route = finished.route();
        List<String> notProven = new ArrayList<>(Metadata.notProven(job));
        if (!onlyText) {
            notProven.add("the reasoning or the tool calls of the answer: the hash is of its text");
        }
        return new AnswerRecord(
                start.requestId(),
                job.map(JobRecord::jobId),
                job.map(JobRecord::network),
                route.map(RouteDecision::model).orElse(start.model()),
                digest(route),
                start.promptSha256().get(),
                output,
                start.time(),
                ended.isBefore(start.time()) ? start.time() : ended,
                route.map(it -> it.strategy().wireName()).orElse(job.isPresent() ? "aitbc" : "local"),
                route.map(RouteDecision::provider)
                        .or(() -> job.map(JobRecord::network))
                        .orElse("unknown"),
                route.filter(it -> job.isPresent()).map(ProofRecorder::reason),
                job.flatMap(JobRecord::receiptJson),
                job.map(JobRecord::assurance).orElse(AssuranceLevel.NONE),
                notProven);
    }

    /** Why the network was asked. */
    private static String reason(RouteDecision route) {
        List<String> reasons = new ArrayList<>(List.of(route.reason()));
        reasons.addAll(route.failedAttempts());
        String text = String.join("; ", reasons);
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    /** Engines know what lies on their disks; what a network says of its models is not recorded as a fact. */
    private Optional<String> digest(Optional<RouteDecision> route) {
        try {
            return route.flatMap(it -> extensions
                    .byId(LocalEngine.class, it.provider())
                    .flatMap(engine -> engine.find(it.model()))
                    .flatMap(ModelDescriptor::digest));
        } catch (OpenClawException e) {
            return Optional.empty();
        }
    }
}
