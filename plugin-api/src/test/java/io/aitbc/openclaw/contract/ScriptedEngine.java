package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelStore;
import io.aitbc.openclaw.api.inference.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** A local engine that follows a script; its models need as many bytes as the test says, and per token of context. */
public final class ScriptedEngine extends ScriptedProvider implements LocalEngine {
    private final Map<String, LoadedModel> loaded = new ConcurrentHashMap<>();
    private volatile OptionalLong memory = OptionalLong.empty();
    private volatile long bytesPerToken = 1;

    public ScriptedEngine(String id, ModelDescriptor... models) {
        super(id, Placement.LOCAL, models);
    }

    /** The memory there is, and what a model needs of it per token of context. */
    public void hasMemory(long bytes, long perToken) {
        memory = OptionalLong.of(bytes);
        bytesPerToken = perToken;
    }

    @Override
    public Placement placement() {
        return Placement.LOCAL;
    }

    @Override
    public LoadedModel load(String model, GenerationOptions options, Optional<Duration> keepAlive) {
        ModelDescriptor found = find(model)
                .orElseThrow(() ->
                        new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(model)));
        int context = options.numCtx().orElse(4096);
        LoadedModel row =
                new LoadedModel(found, memoryNeed(context), 0, context, Instant.parse("2026-11-22T12:05:00Z"));
        loaded.put(found.name(), row);
        return row;
    }

    @Override
    public void unload(String model) {
        find(model).ifPresent(found -> loaded.remove(found.name()));
    }

    @Override
    public List<LoadedModel> loaded() {
        return List.copyOf(loaded.values());
    }

    @Override
    public OptionalLong memoryNeedBytes(String model, OptionalInt numCtx) {
        return find(model).isPresent() ? OptionalLong.of(memoryNeed(numCtx.orElse(4096))) : OptionalLong.empty();
    }

    private long memoryNeed(int context) {
        return 1000 + bytesPerToken * context;
    }

    @Override
    public OptionalLong memoryBytes() {
        return memory;
    }

    @Override
    public Optional<ModelStore> store() {
        return Optional.empty();
    }
}
