package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.engine.chat.ToolCallParser;
import io.aitbc.openclaw.engine.json.SchemaException;
import io.aitbc.openclaw.engine.model.TokenSequence;
import io.aitbc.openclaw.engine.sample.Sampler;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.ToLongBiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs requests on the engine's threads. */
final class Answers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final EmbeddedEngineOptions options;
    private final ResidentModels residents;
    private final ToLongBiFunction<StoredModel, Integer> memoryNeed;
    private final Workers workers;
    private final Set<AnswerStream> active = ConcurrentHashMap.newKeySet();

    Answers(
            EmbeddedEngineOptions options,
            ResidentModels residents,
            ToLongBiFunction<StoredModel, Integer> memoryNeed) {
        this.options = options;
        this.residents = residents;
        this.memoryNeed = memoryNeed;
        this.workers = new Workers(options.maxGenerations(), options.maxQueued());
    }

    InferenceStream chat(StoredModel stored, ChatRequest request) {
        Plan plan = Plan.of(stored, request.model(), request.settings(), options.defaultNumCtx())
                .withTools(request.tools());
        plan.refuseImages(request.messages().stream()
                .anyMatch(message -> !message.images().isEmpty()));
        plan.refuseTools(request.tools());
        Optional<ToolCallParser> tools =
                request.tools().isEmpty() ? Optional.empty() : Optional.of(new ToolCallParser(Answers::callId));
        return start(plan, request.settings(), tools, false, weights -> Prompts.of(weights, plan, request));
    }

    InferenceStream generate(StoredModel stored, GenerateRequest request) {
        Plan plan = Plan.of(stored, request.model(), request.settings(), options.defaultNumCtx());
        plan.refuseImages(!request.images().isEmpty());
        plan.refuseUnsupported(request);
        return start(
                plan,
                request.settings(),
                Optional.empty(),
                !request.raw(),
                weights -> Prompts.of(weights, plan, request));
    }

    /** Builds the prompt's tokens once the model is in memory. */
    private interface PromptSource {
        int[] tokens(LoadedWeights weights);
    }

    private InferenceStream start(
            Plan plan,
            InferenceSettings settings,
            Optional<ToolCallParser> tools,
            boolean reportContext,
            PromptSource prompt) {
        Job job = new Job(plan, settings, tools, reportContext, prompt);
        active.add(job.stream);
        try {
            workers.start(job);
        } catch (OpenClawException e) {
            active.remove(job.stream);
            throw e;
        }
        return job.stream;
    }

    private final class Job implements Runnable {
        private final Plan plan;
        private final InferenceSettings settings;
        private final Optional<ToolCallParser> tools;
        private final boolean reportContext;
        private final PromptSource prompt;
        private final long created = System.nanoTime();
        private final AnswerStream stream = new AnswerStream(this::withdraw);

        Job(
                Plan plan,
                InferenceSettings settings,
                Optional<ToolCallParser> tools,
                boolean reportContext,
                PromptSource prompt) {
            this.plan = plan;
            this.settings = settings;
            this.tools = tools;
            this.reportContext = reportContext;
            this.prompt = prompt;
        }

        private void withdraw() {
            if (workers.withdraw(this)) {
                active.remove(stream);
            }
        }

        @Override
        public void run() {
            try {
                if (!stream.isClosed()) {
                    stream.emit(answer());
                }
            } catch (CancellationException e) {
                stream.fail(AnswerStream.canceled());
            } catch (OpenClawException e) {
                stream.fail(e);
            } catch (SchemaException e) {
                stream.fail(new OpenClawException(ErrorCode.INVALID_REQUEST, "invalid format: " + e.getMessage(), e));
            } catch (RuntimeException | Error e) {
                LOG.error("event=answer_failed model={}", plan.stored().name(), e);
                stream.fail(new OpenClawException(
                        ErrorCode.INTERNAL,
                        "the embedded engine failed: " + e.getClass().getSimpleName(),
                        e));
            } finally {
                active.remove(stream);
            }
        }

        /** The final event; the model is released when it is known, so that it is sent after an unload it asked for. */
        private InferenceEvent.Finished answer() {
            int context = plan.limits().contextLength();
            try (ResidentModels.Lease lease = residents.acquire(
                    plan.stored(), context, settings.keepAlive(), memoryNeed.applyAsLong(plan.stored(), context))) {
                LoadedWeights weights = lease.weights();
                int[] tokens = prompt.tokens(weights);
                if (tokens.length == 0) {
                    return plan.nothingToDo(lease.loadTime(), System.nanoTime() - created);
                }
                TokenSequence sequence = weights.model().sequence(context);
                Sampler sampler =
                        new Sampler(plan.sampling(), weights.tokenizer().size(), random());
                Generation.Task task = new Generation.Task(
                        tokens,
                        plan.limits(),
                        plan.stops(),
                        plan.filter(weights),
                        tools,
                        settings.logprobs() ? settings.topLogprobs() : -1,
                        reportContext);
                return new Generation(weights.tokenizer(), sequence, sampler, task, stream::emit, stream::isClosed)
                        .run(created, lease.loadTime());
            }
        }

        private RandomGenerator random() {
            return plan.seed().isPresent() && plan.seed().getAsLong() >= 0
                    ? new SplittableRandom(plan.seed().getAsLong())
                    : new SplittableRandom();
        }
    }

    Embeddings embed(StoredModel stored, EmbedRequest request) {
        EmbeddingTask task = EmbeddingTask.of(stored, request, options.defaultNumCtx());
        long created = System.nanoTime();
        FutureTask<Embeddings> future = new FutureTask<>(() -> {
            int context = task.contextLength();
            try (ResidentModels.Lease lease =
                    residents.acquire(stored, context, request.keepAlive(), memoryNeed.applyAsLong(stored, context))) {
                Embeddings embeddings =
                        task.run(lease.weights(), () -> Thread.currentThread().isInterrupted());
                return new Embeddings(
                        embeddings.vectors(),
                        embeddings.promptTokens(),
                        Duration.ofNanos(System.nanoTime() - created),
                        lease.loadTime());
            }
        });
        workers.start(future);
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            workers.withdraw(future);
            Thread.currentThread().interrupt();
            throw AnswerStream.canceled();
        } catch (CancellationException e) {
            throw AnswerStream.canceled();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static OpenClawException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case OpenClawException known -> known;
            case CancellationException canceled -> AnswerStream.canceled();
            case null, default ->
                new OpenClawException(ErrorCode.INTERNAL, "the embedded engine failed: " + cause, cause);
        };
    }

    private static String callId() {
        return "call_" + Long.toString(new SplittableRandom().nextLong(78_364_164_096L, 2_821_109_907_456L), 36);
    }

    @Override
    public void close() {
        active.forEach(AnswerStream::close);
        workers.close();
    }
}
