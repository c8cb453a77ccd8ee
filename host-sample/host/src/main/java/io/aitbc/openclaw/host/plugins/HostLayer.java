package io.aitbc.openclaw.host.plugins;

import org.jspecify.annotations.Nullable;

/** The module layer the host itself runs in; plugins are layered over it. */
final class HostLayer {
    private HostLayer() {}

    static ModuleLayer get() {
        @Nullable ModuleLayer layer = PluginHost.class.getModule().getLayer();
        if (layer == null) {
            throw new IllegalStateException(
                    "The host was started from the class path; plugins need it on the module path (java -p … -m …)");
        }
        return layer;
    }
}
