package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
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
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Answers from GGUF files in this process, without native code. Two small models are bundled; operators add their own as
 * {@code *.gguf} files of the llama architecture (F32, F16, Q8_0).
 *
 * <p>Answers are computed on the engine's own threads, as many at a time as its options say; further ones wait, and can be
 * canceled while they do. Models are loaded when they are first used and unloaded when their keep-alive is over.
 */
public final class EmbeddedEngine implements LocalEngine {
    static final String ID = "embedded";

    private final EmbeddedEngineOptions options;
    private final ModelLibrary library;
    private final LibraryStore store;
    private final ResidentModels residents;
    private final Answers answers;

    private EmbeddedEngine(EmbeddedEngineOptions options) {
        this.options = options;
        library = new ModelLibrary(options.dataDirectory().resolve("bundled-models"), options.modelDirectory());
        residents = new ResidentModels(options, library);
        store = new LibraryStore(library, residents);
        answers = new Answers(options, residents, this::memoryNeed);
    }

    /** Starts an engine; loads nothing yet. */
    public static EmbeddedEngine open(EmbeddedEngineOptions options) {
        return new EmbeddedEngine(options);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<ModelDescriptor> catalogue() {
        return library.models().stream().map(StoredModel::descriptor).toList();
    }

    @Override
    public Optional<ModelDescriptor> find(String name) {
        return library.find(name).map(StoredModel::descriptor);
    }

    @Override
    public Optional<ModelDetails> show(String name, boolean verbose) {
        return library.find(name).map(model -> ModelPage.of(model, verbose));
    }

    @Override
    public InferenceStream chat(ChatRequest request) {
        return answers.chat(completing(request.model(), "chat"), request);
    }

    @Override
    public InferenceStream generate(GenerateRequest request) {
        return answers.generate(completing(request.model(), "generate"), request);
    }

    @Override
    public Embeddings embed(EmbedRequest request) {
        return answers.embed(stored(request.model()), request);
    }

    @Override
    public LoadedModel load(String model, GenerationOptions loadOptions, Optional<Duration> keepAlive) {
        StoredModel stored = stored(model);
        int context = GenerationLimits.context(loadOptions, options.defaultNumCtx(), stored.contextLength());
        LoadedModel loaded;
        try (ResidentModels.Lease lease = residents.acquire(stored, context, keepAlive, memoryNeed(stored, context))) {
            loaded = lease.describe();
        }
        return residents.loaded(stored.file()).orElse(loaded);
    }

    @Override
    public void unload(String model) {
        library.find(model).ifPresent(stored -> residents.unload(stored.file()));
    }

    @Override
    public List<LoadedModel> loaded() {
        return residents.loaded();
    }

    @Override
    public OptionalLong memoryNeedBytes(String model, OptionalInt numCtx) {
        Optional<StoredModel> stored = library.find(model);
        return stored.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(memoryNeed(
                        stored.get(),
                        Math.min(
                                numCtx.orElse(options.defaultNumCtx()),
                                stored.get().contextLength())));
    }

    @Override
    public OptionalLong memoryBytes() {
        if (options.memoryLimit().isPresent()) {
            return options.memoryLimit();
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? OptionalLong.of(system.getTotalMemorySize())
                : OptionalLong.empty();
    }

    @Override
    public Optional<ModelStore> store() {
        return Optional.of(store);
    }

    /** Cancels all answers, waits until none computes any more and unloads all models. */
    @Override
    public void close() {
        answers.close();
        residents.close();
    }

    private long memoryNeed(StoredModel model, int context) {
        return MemoryNeed.of(model, Math.max(1, context), options.heapWeightLimit());
    }

    private StoredModel completing(String name, String what) {
        StoredModel model = stored(name);
        if (!model.capabilities().contains(Capability.COMPLETION)) {
            throw new OpenClawException(ErrorCode.UNSUPPORTED, "\"%s\" does not support %s".formatted(name, what));
        }
        return model;
    }

    private StoredModel stored(String name) {
        return library.find(name).orElseThrow(() -> notFound(name));
    }

    private OpenClawException notFound(String name) {
        return library.problem(name)
                .map(problem -> new OpenClawException(ErrorCode.PROVIDER_FAILED, problem))
                .orElseGet(
                        () -> new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(name)));
    }
}
