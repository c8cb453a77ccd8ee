package io.aitbc.openclaw.host.plugins;

import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.Plugin;

/** PF4J's view of one generation. PF4J knows an id only once, so the generation is part of it: {@code zk#2}. */
final class LayerDescriptor extends DefaultPluginDescriptor {
    private static final char SEPARATOR = '#';

    private final ResolvedPlugin plugin;

    LayerDescriptor(ResolvedPlugin plugin, int generation) {
        super(
                runtimeId(plugin.manifest().id(), generation),
                plugin.manifest().description(),
                Plugin.class.getName(),
                plugin.manifest().version(),
                plugin.manifest().requires().orElse("*"),
                plugin.manifest().provider(),
                "");
        this.plugin = plugin;
    }

    ResolvedPlugin plugin() {
        return plugin;
    }

    static String runtimeId(String pluginId, int generation) {
        return pluginId + SEPARATOR + generation;
    }

    static String pluginId(String runtimeId) {
        int separator = runtimeId.indexOf(SEPARATOR);
        return separator < 0 ? runtimeId : runtimeId.substring(0, separator);
    }
}
