package io.aitbc.openclaw.host.plugins;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows which unloaded generations are still in memory. */
final class UnloadedPlugins {
    private final List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();

    void add(WeakReference<ClassLoader> loader) {
        loaders.add(loader);
    }

    int inMemory() {
        loaders.removeIf(loader -> loader.refersTo(null));
        return loaders.size();
    }
}
