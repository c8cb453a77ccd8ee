package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;

/** Names an extension within a plugin, across generations. */
record ExtensionKey<T extends Extension>(Class<T> type, String id) {
    @Override
    public String toString() {
        return type.getSimpleName() + "/" + id;
    }
}
