package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.ModelStore;
import io.aitbc.openclaw.api.inference.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** An engine that echoes: its answer to a prompt is "model says: prompt", word by word. */
final class TestingEngine implements LocalEngine {
    final List<GenerateRequest> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> models;
    private volatile Optional<CountDownLatch> gate = Optional.empty();
    private volatile Optional<String> fixed = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();

    TestingEngine(String... models) {
        this.models = List.of(models);
    }

    /** Answers wait before their first word until the latch is open. */
    void hold(CountDownLatch latch) {
        gate = Optional.of(latch);
    }

    /** Every answer is this text from now on. */
    void answerWith(String text) {
        fixed = Optional.of(text);
    }

    void failWith(String message) {
        failure = Optional.of(message);
    }

    @Override
    public String id() {
        return "testing";
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return models.stream()
                .map(name -> descriptor(name, name.contains("embed")))
                .toList();
    }

    private ModelDescriptor descriptor(String name, boolean embeds) {
        return new ModelDescriptor(
                name,
                id(),
                placement(),
                Set.of(embeds ? Capability.EMBEDDING : Capability.COMPLETION),
                OptionalInt.of(512),
                OptionalLong.of(1000),
                Optional.empty(),
                Optional.empty(),
                Optional.of("gguf"),
                Optional.of("llama"),
                Optional.of("1M"),
                Optional.of("F32"),
                OptionalInt.empty(),
                List.of());
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return catalogue().stream().filter(model -> model.name().equals(name)).findFirst();
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        requests.add(request);
        if (find(request.model()).isEmpty()) {
            throw new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '" + request.model() + "' not found");
        }
        failure.ifPresent(message -> {
            throw new OpenClawException(ErrorCode.PROVIDER_FAILED, message);
        });
        String answer = fixed.orElse(request.model() + " says: " + request.prompt());
        return new Echo(answer.split("(?<= )"), gate);
    }

    private static final class Echo implements InferenceStream {
        private final String[] words;
        private final CountDownLatch closed = new CountDownLatch(1);
        private final Optional<CountDownLatch> gate;
        private int next;

        private Echo(String[] words, Optional<CountDownLatch> gate) {
            this.words = words;
            this.gate = gate;
        }

        @Override
        public InferenceEvent next() {
            try {
                while (gate.isPresent() && !gate.get().await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    checkOpen();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                close();
            }
            checkOpen();
            if (next < words.length) {
                return new InferenceEvent.Text(words[next++]);
            }
            Usage usage = new Usage(
                    OptionalInt.of(3),
                    OptionalInt.of(words.length),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            return new InferenceEvent.Finished(
                    FinishReason.STOP, usage, List.of(1, 2), Optional.empty(), Optional.empty());
        }

        private void checkOpen() {
            if (closed.getCount() == 0) {
                throw new OpenClawException(ErrorCode.CANCELED, "closed");
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return Optional.empty();
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        return generate(GenerateRequest.of(
                request.model(), request.messages().getLast().content(), request.settings(), request.context()));
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        throw unsupported();
    }

    @Override
    public LoadedModel load(String model, GenerationOptions options, Optional<Duration> keepAlive) {
        throw unsupported();
    }

    @Override
    public void unload(String model) {}

    @Override
    public List<LoadedModel> loaded() {
        return List.of();
    }

    @Override
    public OptionalLong memoryNeedBytes(String model, OptionalInt numCtx) {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong memoryBytes() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<ModelStore> store() {
        return Optional.empty();
    }

    private static OpenClawException unsupported() {
        return new OpenClawException(ErrorCode.UNSUPPORTED, "the testing engine only generates");
    }
}
