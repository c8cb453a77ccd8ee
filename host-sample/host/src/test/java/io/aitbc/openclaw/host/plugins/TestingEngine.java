package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.ModelStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** An engine without models. */
final class TestingEngine implements LocalEngine {
    private final String id;
    private final AtomicBoolean closed = new AtomicBoolean();

    TestingEngine(String id) {
        this.id = id;
    }

    boolean closed() {
        return closed.get();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void close() {
        closed.set(true);
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return List.of();
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return Optional.empty();
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        throw notFound(request.model());
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        throw notFound(request.model());
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        throw notFound(request.model());
    }

    @Override
    public LoadedModel load(String model, GenerationOptions options, Optional<Duration> keepAlive) {
        throw notFound(model);
    }

    private static OpenClawException notFound(String model) {
        return new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '" + model + "' not found");
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
        return OptionalLong.of(42);
    }

    @Override
    public Optional<ModelStore> store() {
        return Optional.empty();
    }
}
