package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

final class LeasedEngine extends LeasedProvider<LocalEngine> implements LocalEngine {
    LeasedEngine(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(LocalEngine.class, id));
    }

    @Override
    public LoadedModel load(String model, GenerationOptions options, Optional<Duration> keepAlive) {
        return call("load", engine -> engine.load(model, options, keepAlive));
    }

    @Override
    public void unload(String model) {
        run("unload", engine -> engine.unload(model));
    }

    @Override
    public List<LoadedModel> loaded() {
        return call("loaded", engine -> List.copyOf(engine.loaded()));
    }

    @Override
    public OptionalLong memoryNeedBytes(String model, OptionalInt numCtx) {
        return call("memoryNeedBytes", engine -> engine.memoryNeedBytes(model, numCtx));
    }

    @Override
    public OptionalLong memoryBytes() {
        return call("memoryBytes", LocalEngine::memoryBytes);
    }

    @Override
    public Optional<ModelStore> store() {
        boolean present = call("store", engine -> engine.store().isPresent());
        return present ? Optional.of(new LeasedStore(this)) : Optional.empty();
    }
}
