package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Stands for an extension of a plugin across its generations. Each call takes a lease of the current generation, so that it
 * is not unloaded under the call; what the plugin throws arrives as an {@code OpenClawException} without traces of the plugin.
 */
abstract class LeasedExtension<T extends Extension> implements Extension {
    private final PluginSlot slot;
    private final ExtensionKey<T> key;

    LeasedExtension(PluginSlot slot, ExtensionKey<T> key) {
        this.slot = slot;
        this.key = key;
    }

    @Override
    public final String id() {
        return key.id();
    }

    /** Does nothing: only the host retires an extension. */
    @Override
    public final void retire() {}

    /** Does nothing: the extension belongs to the host, not to those who look it up. */
    @Override
    public final void close() {}

    @Override
    public final String toString() {
        return slot.pluginId() + ":" + key;
    }

    /** Calls and streams that are open in the current generation. */
    final int running() {
        Generation generation = slot.current();
        return generation == null ? 0 : generation.running();
    }

    final <R> R call(String operation, Function<? super T, ? extends R> body) {
        return callWith(operation, (target, generation) -> body.apply(target));
    }

    /** For calls whose result goes on using the generation. */
    final <R> R callWith(String operation, BiFunction<? super T, Generation, ? extends R> body) {
        Generation generation = slot.acquire();
        try {
            return generation.call(key, operation, target -> body.apply(target, generation));
        } finally {
            generation.release();
        }
    }

    final void run(String operation, Consumer<? super T> body) {
        boolean _ = call(operation, target -> {
            body.accept(target);
            return true;
        });
    }
}
