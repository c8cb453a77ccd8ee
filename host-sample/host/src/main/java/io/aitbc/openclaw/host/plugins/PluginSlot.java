package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import org.jspecify.annotations.Nullable;

/** Where the current generation of a plugin stands. */
final class PluginSlot {
    private final String pluginId;
    private volatile @Nullable Generation current;

    PluginSlot(String pluginId) {
        this.pluginId = pluginId;
    }

    String pluginId() {
        return pluginId;
    }

    @Nullable
    Generation current() {
        return current;
    }

    void set(@Nullable Generation next) {
        current = next;
    }

    /** A lease of the current generation, to be released by the caller. */
    Generation acquire() {
        // A generation refuses only after another one, or none, took its place: so this ends.
        while (true) {
            Generation generation = current;
            if (generation == null) {
                throw new OpenClawException(
                        ErrorCode.PLUGIN_UNAVAILABLE, "Plugin '" + pluginId + "' is not loaded now");
            }
            if (generation.tryAcquire()) {
                return generation;
            }
        }
    }
}
