package io.aitbc.openclaw.api;

import java.util.List;
import java.util.Optional;

/**
 * Looks up what is loaded now. What it returns stays valid when the plugin behind it is replaced: each call goes to the
 * generation that is current when the call starts, and fails with {@link ErrorCode#PLUGIN_UNAVAILABLE} when there is none.
 */
public interface Extensions {
    /** All extensions of a kind in a stable order: those of the host first, then by plugin id. Never null, may be empty. */
    <T extends Extension> List<T> all(Class<T> extensionPoint);

    /** The first of {@link #all}. */
    default <T extends Extension> Optional<T> first(Class<T> extensionPoint) {
        return all(extensionPoint).stream().findFirst();
    }

    /** The one with this {@link Extension#id()}. */
    default <T extends Extension> Optional<T> byId(Class<T> extensionPoint, String id) {
        return all(extensionPoint).stream()
                .filter(extension -> extension.id().equals(id))
                .findFirst();
    }
}
