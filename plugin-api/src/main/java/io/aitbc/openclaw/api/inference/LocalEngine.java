package io.aitbc.openclaw.api.inference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A provider on hardware of the operator, whose models are loaded and unloaded. */
public interface LocalEngine extends InferenceProvider {
    @Override
    default Placement placement() {
        return Placement.LOCAL;
    }

    /** Loads a model, or prolongs its stay. */
    LoadedModel load(String model, GenerationOptions options, Optional<Duration> keepAlive);

    /** Unloads a model once its running answers are done; nothing happens when it is not loaded. */
    void unload(String model);

    /** What is in memory, longest stay first. */
    List<LoadedModel> loaded();

    /**
     * Memory the model needs at this context length: weights, key-value cache, compute buffers.
     *
     * @param numCtx tokens; the engine's default when empty
     */
    OptionalLong memoryNeedBytes(String model, OptionalInt numCtx);

    /** Memory there is for models, used or not; empty when unknown. */
    OptionalLong memoryBytes();

    /** Management of the stored models, where the engine can. */
    Optional<ModelStore> store();
}
