package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.provider.ModelNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of the host's own engines that strangers may use. */
final class OfferedModels {
    private static final Logger log = LoggerFactory.getLogger(OfferedModels.class);

    private final Extensions extensions;
    private final Set<String> allowed;

    OfferedModels(Extensions extensions, Set<String> allowed) {
        this.extensions = extensions;
        this.allowed = allowed;
    }

    /**
     * A model that is there.
     *
     * @param name at the engine, with a tag
     */
    record Source(InferenceProvider engine, String name) {
        /** Whether some of it lies in GPU memory now; false where the engine cannot tell. */
        boolean onGpu() {
            try {
                return engine instanceof LocalEngine local
                        && local.loaded().stream()
                                .anyMatch(loaded -> loaded.model().name().equals(name) && loaded.vramBytes() > 0);
            } catch (OpenClawException e) {
                return false;
            }
        }
    }

    /** Names of those that are there now, sorted. */
    List<String> present() {
        return engines().stream()
                .flatMap(engine -> catalogue(engine).stream())
                .filter(this::serves)
                .map(ModelDescriptor::name)
                .distinct()
                .sorted()
                .toList();
    }

    /** Exactly the model of that name; nothing takes its place. */
    Optional<Source> find(String name) {
        String wanted = ModelNames.key(name);
        for (InferenceProvider engine : engines()) {
            for (ModelDescriptor model : catalogue(engine)) {
                if (ModelNames.key(model.name()).equals(wanted) && serves(model)) {
                    return Optional.of(new Source(engine, model.name()));
                }
            }
        }
        return Optional.empty();
    }

    private boolean serves(ModelDescriptor model) {
        return model.placement() == Placement.LOCAL
                && model.can(Capability.COMPLETION)
                && ModelNames.usable(model.name())
                && (allowed.contains(MinerSettings.ANY) || allowed.contains(ModelNames.key(model.name())));
    }

    private List<InferenceProvider> engines() {
        List<InferenceProvider> engines = new ArrayList<>(extensions.all(LocalEngine.class));
        for (InferenceProvider provider : extensions.all(InferenceProvider.class)) {
            if (provider.placement() == Placement.LOCAL && !engines.contains(provider)) {
                engines.add(provider);
            }
        }
        return engines;
    }

    private static List<ModelDescriptor> catalogue(InferenceProvider engine) {
        try {
            return engine.catalogue();
        } catch (OpenClawException e) {
            log.atDebug()
                    .addKeyValue("engine", engine.id())
                    .addKeyValue("code", e.code())
                    .log("miner sees no models");
            return List.of();
        }
    }
}
