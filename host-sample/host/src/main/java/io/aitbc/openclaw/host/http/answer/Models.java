package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of everything that is loaded, local ones first. */
public final class Models {
    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    private final Extensions extensions;

    /** A model and who has it. */
    public record Found(InferenceProvider provider, ModelDescriptor descriptor) {}

    public Models(Extensions extensions) {
        this.extensions = extensions;
    }

    public List<LocalEngine> engines() {
        return extensions.all(LocalEngine.class);
    }

    /** Local engines, then networks. */
    public List<InferenceProvider> providers() {
        List<InferenceProvider> providers = new ArrayList<>(engines());
        for (InferenceProvider provider : extensions.all(InferenceProvider.class)) {
            if (providers.stream().noneMatch(known -> known.id().equals(provider.id()))) {
                providers.add(provider);
            }
        }
        return providers;
    }

    /** All models. A provider that cannot tell what it has does not hide the others. */
    public List<Found> all() {
        List<Found> models = new ArrayList<>();
        for (InferenceProvider provider : providers()) {
            try {
                provider.catalogue().forEach(descriptor -> models.add(new Found(provider, descriptor)));
            } catch (OpenClawException e) {
                skip(provider, e);
            }
        }
        return models;
    }

    /** Finds a model by a name a client wrote. */
    public Optional<Found> find(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (InferenceProvider provider : providers()) {
            try {
                Optional<ModelDescriptor> descriptor = provider.find(name);
                if (descriptor.isPresent()) {
                    return Optional.of(new Found(provider, descriptor.get()));
                }
            } catch (OpenClawException e) {
                skip(provider, e);
            }
        }
        return Optional.empty();
    }

    /** The engine that has a model, if it is a local one. */
    public Optional<LocalEngine> engineOf(String name) {
        for (LocalEngine engine : engines()) {
            try {
                if (engine.find(name).isPresent()) {
                    return Optional.of(engine);
                }
            } catch (OpenClawException e) {
                skip(engine, e);
            }
        }
        return Optional.empty();
    }

    public static boolean isNetwork(ModelDescriptor descriptor) {
        return descriptor.placement() == Placement.NETWORK;
    }

    private static void skip(InferenceProvider provider, OpenClawException e) {
        LOG.atWarn()
                .addKeyValue("provider", provider.id())
                .addKeyValue("code", e.code())
                .log("models not listed: {}", e.getMessage());
    }
}
