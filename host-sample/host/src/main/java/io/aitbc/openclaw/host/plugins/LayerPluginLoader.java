package io.aitbc.openclaw.host.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;

/** Defines a plugin as a module layer over the host's. */
final class LayerPluginLoader implements PluginLoader {
    private final PluginManager manager;

    LayerPluginLoader(PluginManager manager) {
        this.manager = manager;
    }

    @Override
    public boolean isApplicable(Path pluginPath) {
        return true;
    }

    @Override
    public ClassLoader loadPlugin(Path pluginPath, PluginDescriptor descriptor) {
        ResolvedPlugin plugin = ((LayerDescriptor) descriptor).plugin();
        ModuleLayer hostLayer = HostLayer.get();
        LayerClassLoader loader =
                new LayerClassLoader(manager, descriptor, plugin, hostLayer, PluginHost.class.getClassLoader());
        try {
            define(plugin, hostLayer, loader);
            return loader;
        } catch (RuntimeException | LinkageError e) {
            close(loader);
            throw e;
        }
    }

    private static void define(ResolvedPlugin plugin, ModuleLayer hostLayer, LayerClassLoader loader) {
        ModuleLayer.Controller controller =
                ModuleLayer.defineModules(plugin.configuration(), List.of(hostLayer), name -> loader);
        if (!plugin.staged().libraries().isEmpty()) {
            Module module = controller.layer().findModule(plugin.moduleName()).orElseThrow();
            controller.addReads(module, loader.getUnnamedModule());
        }
    }

    private static void close(LayerClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
