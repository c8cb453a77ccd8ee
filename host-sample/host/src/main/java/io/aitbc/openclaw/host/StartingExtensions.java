package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.inference.LocalEngine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API sees: the host's own engines while it starts, then everything that is loaded. */
final class StartingExtensions implements Extensions {
    private final List<LocalEngine> engines;
    private volatile @Nullable Extensions loaded;

    StartingExtensions(List<LocalEngine> engines) {
        this.engines = List.copyOf(engines);
    }

    void loaded(Extensions all) {
        loaded = all;
    }

    @Override
    public <T extends Extension> List<T> all(Class<T> extensionPoint) {
        Extensions all = loaded;
        if (all != null) {
            return all.all(extensionPoint);
        }
        List<T> found = new ArrayList<>();
        for (LocalEngine engine : engines) {
            if (extensionPoint.isInstance(engine)) {
                found.add(extensionPoint.cast(engine));
            }
        }
        return found;
    }
}
