package io.aitbc.openclaw.host.plugins;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pf4j.ExtensionDescriptor;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.PluginManager;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Finds extensions in the {@code provides} clauses of a plugin's {@code module-info}: no index file, no scanning. */
final class ProvidedExtensionFinder implements ExtensionFinder {
    private final PluginManager manager;

    ProvidedExtensionFinder(PluginManager manager) {
        this.manager = manager;
    }

    @Override
    public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
        List<ExtensionWrapper<T>> found = new ArrayList<>();
        for (PluginWrapper plugin : manager.getPlugins()) {
            found.addAll(find(type, plugin.getPluginId()));
        }
        return found;
    }

    @Override
    public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
        List<ExtensionWrapper<T>> found = new ArrayList<>();
        for (String name : providers(pluginId, type.getName())) {
            found.add(wrap(name, pluginId));
        }
        return found;
    }

    @Override
    @SuppressWarnings("rawtypes") // PF4J's signature.
    public List<ExtensionWrapper> find(String pluginId) {
        List<ExtensionWrapper> found = new ArrayList<>();
        for (String name : findClassNames(pluginId)) {
            found.add(wrap(name, pluginId));
        }
        return found;
    }

    @Override
    public Set<String> findClassNames(String pluginId) {
        Set<String> names = new LinkedHashSet<>();
        for (ModuleDescriptor.Provides provides : module(pluginId).provides()) {
            names.addAll(provides.providers());
        }
        return names;
    }

    private List<String> providers(String pluginId, String service) {
        return module(pluginId).provides().stream()
                .filter(provides -> provides.service().equals(service))
                .flatMap(provides -> provides.providers().stream())
                .toList();
    }

    private ModuleDescriptor module(String pluginId) {
        return ((LayerDescriptor) manager.getPlugin(pluginId).getDescriptor())
                .plugin()
                .module();
    }

    private <T> ExtensionWrapper<T> wrap(String className, String pluginId) {
        try {
            Class<?> type = manager.getPluginClassLoader(pluginId).loadClass(className);
            return new ExtensionWrapper<>(new ExtensionDescriptor(0, type), manager.getExtensionFactory());
        } catch (ClassNotFoundException e) {
            throw new PluginRuntimeException("its module-info provides " + className + ", which is not in its jar", e);
        }
    }
}
