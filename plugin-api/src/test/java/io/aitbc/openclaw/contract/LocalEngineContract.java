package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What every {@link LocalEngine} does, on top of what every provider does. */
public abstract class LocalEngineContract extends InferenceProviderContract {
    /** A new engine; the contract closes it. */
    protected abstract LocalEngine createEngine();

    @Override
    protected final InferenceProvider createProvider() {
        return createEngine();
    }

    private LocalEngine engine() {
        return (LocalEngine) provider();
    }

    @Test
    void contract_engine_is_local() {
        assertThat(engine().placement()).isEqualTo(Placement.LOCAL);
    }

    @Test
    void contract_loaded_model_is_listed_until_it_is_unloaded() {
        LoadedModel loaded = engine().load(chatModel(), GenerationOptions.none(), Optional.of(Duration.ofMinutes(5)));
        String name = engine().find(chatModel()).orElseThrow().name();
        assertThat(loaded.model().name()).isEqualTo(name);
        assertThat(loaded.memoryBytes()).isPositive();
        assertThat(loaded.vramBytes()).isBetween(0L, loaded.memoryBytes());
        assertThat(loaded.contextLength()).isPositive();
        assertThat(loadedNames()).contains(name);
        engine().unload(chatModel());
        assertThat(loadedNames()).doesNotContain(name);
    }

    @Test
    void contract_unloading_what_is_not_loaded_does_nothing() {
        engine().unload(chatModel());
        engine().unload(chatModel());
        assertThat(loadedNames())
                .doesNotContain(engine().find(chatModel()).orElseThrow().name());
    }

    @Test
    void contract_loading_an_unknown_model_is_not_found() {
        Failures.assertFails(
                ErrorCode.MODEL_NOT_FOUND,
                () -> engine().load(UNKNOWN_MODEL, GenerationOptions.none(), Optional.empty()));
    }

    @Test
    void contract_loaded_models_are_listed_longest_stay_first() {
        engine().catalogue().forEach(model -> engine().load(model.name(), GenerationOptions.none(), Optional.empty()));
        List<Instant> stays =
                engine().loaded().stream().map(LoadedModel::expiresAt).toList();
        assertThat(stays).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void contract_longer_context_needs_more_memory() {
        long little = engine().memoryNeedBytes(chatModel(), OptionalInt.of(64)).orElseThrow();
        long much = engine().memoryNeedBytes(chatModel(), OptionalInt.of(512)).orElseThrow();
        assertThat(little).isPositive();
        assertThat(much).isGreaterThan(little);
    }

    @Test
    void contract_memory_for_models_is_positive_where_it_is_known() {
        engine().memoryBytes().ifPresent(bytes -> assertThat(bytes).isPositive());
    }

    @Test
    void contract_store_does_not_find_what_is_not_there() {
        engine().store().ifPresent(store -> {
            Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> store.delete(UNKNOWN_MODEL));
            Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> store.copy(UNKNOWN_MODEL, "contract-copy:latest"));
            assertThat(store.hasBlob("sha256:" + "0".repeat(64))).isFalse();
        });
    }

    private List<String> loadedNames() {
        return engine().loaded().stream().map(row -> row.model().name()).toList();
    }
}
