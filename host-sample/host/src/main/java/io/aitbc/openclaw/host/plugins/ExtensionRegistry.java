package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Extensions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hands out what stands for the extensions of the host and of the current generations of plugins. */
final class ExtensionRegistry implements Extensions {
    private record HandleName(String pluginId, ExtensionKey<?> key) {}

    private static final Comparator<String> HOST_FIRST = Comparator.comparing(
                    (String id) -> !id.equals(PluginManifest.HOST_ID))
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, PluginSlot> slots = new TreeMap<>(HOST_FIRST);
    private final Map<HandleName, Extension> handles = new HashMap<>();
    private volatile List<Extension> published = List.of();

    @Override
    public <T extends Extension> List<T> all(Class<T> extensionPoint) {
        List<T> found = new ArrayList<>();
        for (Extension extension : published) {
            if (extensionPoint.isInstance(extension)) {
                found.add(extensionPoint.cast(extension));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Makes a generation current: every call that starts from now on goes to it.
     *
     * @return the one it took the place of, which still holds the registry's lease
     */
    synchronized @Nullable Generation publish(Generation next) throws PluginLoadException {
        checkClashes(next);
        PluginSlot slot = slots.computeIfAbsent(next.pluginId(), PluginSlot::new);
        Generation previous = slot.current();
        slot.set(next);
        publishHandles();
        return previous;
    }

    /** Takes a plugin away: calls fail from now on. */
    synchronized @Nullable Generation withdraw(String pluginId) {
        PluginSlot slot = slots.get(pluginId);
        if (slot == null) {
            return null;
        }
        Generation previous = slot.current();
        slot.set(null);
        publishHandles();
        return previous;
    }

    private void checkClashes(Generation next) throws PluginLoadException {
        for (PluginSlot slot : slots.values()) {
            Generation other = slot.current();
            if (other == null || slot.pluginId().equals(next.pluginId())) {
                continue;
            }
            for (ExtensionKey<?> key : next.keys()) {
                if (other.keys().stream().anyMatch(taken -> ExtensionPoint.clash(key, taken))) {
                    throw new PluginLoadException(
                            "contributes " + key + ", which '" + slot.pluginId() + "' contributes already");
                }
            }
        }
    }

    private void publishHandles() {
        List<Extension> next = new ArrayList<>();
        for (PluginSlot slot : slots.values()) {
            Generation generation = slot.current();
            if (generation != null) {
                generation.keys().forEach(key -> next.add(handle(slot, key)));
            }
        }
        published = List.copyOf(next);
    }

    private Extension handle(PluginSlot slot, ExtensionKey<?> key) {
        return handles.computeIfAbsent(
                new HandleName(slot.pluginId(), key), name -> ExtensionPoint.handle(slot, name.key()));
    }
}
