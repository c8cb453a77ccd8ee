package io.aitbc.openclaw.bench.network;

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
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.Usage;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** The devnet's miner answers with it at once, always the same: what is measured is everything else. */
final class InstantEngine implements LocalEngine {
    static final String MODEL = "instant:latest";
    static final String ANSWER = "Hello.";

    private static final ModelDescriptor DESCRIPTOR = new ModelDescriptor(
            MODEL,
            "instant",
            Placement.LOCAL,
            Set.of(Capability.COMPLETION),
            OptionalInt.of(4096),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of());

    private static final List<InferenceEvent> EVENTS = List.of(
            new InferenceEvent.Text(ANSWER),
            new InferenceEvent.Finished(
                    FinishReason.STOP,
                    new Usage(
                            OptionalInt.of(1),
                            OptionalInt.of(1),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    List.of(),
                    Optional.empty(),
                    Optional.empty()));

    @Override
    public String id() {
        return "instant";
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return List.of(DESCRIPTOR);
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return Optional.of(DESCRIPTOR).filter(model -> model.name().equals(name));
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return Optional.empty();
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        throw unsupported();
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        Iterator<InferenceEvent> events = EVENTS.iterator();
        return new InferenceStream() {
            @Override
            public InferenceEvent next() {
                return events.next();
            }

            @Override
            public void close() {}
        };
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

    @Override
    public void close() {}

    private static OpenClawException unsupported() {
        return new OpenClawException(ErrorCode.UNSUPPORTED, "this engine only answers the miner of a benchmark");
    }
}
