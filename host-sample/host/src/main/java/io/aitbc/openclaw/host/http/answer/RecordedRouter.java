package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteQuery;
import java.time.InstantSource;
import java.util.OptionalLong;

/** The router for one answer, which is recorded before its end is passed on. */
final class RecordedRouter implements InferenceRouter, ProofRecorder.Watch {
    /** Makes a record of an answer that is whole; its index when it is on disk. */
    interface Recording {
        OptionalLong record(AnswerRecords.Start start, AnswerRecords.End end);
    }

    private final InferenceRouter router;
    private final Recording recording;
    private final InstantSource clock;
    private volatile OptionalLong record = OptionalLong.empty();

    RecordedRouter(InferenceRouter router, Recording recording, InstantSource clock) {
        this.router = router;
        this.recording = recording;
        this.clock = clock;
    }

    @Override
    public InferenceRouter router() {
        return this;
    }

    @Override
    public OptionalLong record() {
        return record;
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
        AnswerRecords.Start start = new AnswerRecords.Start(
                request.context().requestId(), request.model(), clock.instant(), () -> PromptHash.of(request));
        return recorded(start, router.chat(request));
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        AnswerRecords.Start start = new AnswerRecords.Start(
                request.context().requestId(), request.model(), clock.instant(), () -> PromptHash.of(request));
        return recorded(start, router.generate(request));
    }

    private InferenceStream recorded(AnswerRecords.Start start, InferenceStream stream) {
        return new RecordedStream(stream, (finished, output, onlyText) -> {
            AnswerRecords.End end = new AnswerRecords.End(finished, output, onlyText, clock.instant());
            record = recording.record(start, end);
        });
    }
}
