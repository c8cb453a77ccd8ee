package io.aitbc.openclaw.host.plugins;

import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.util.List;
import java.util.Set;

/**
 * A plugin whose module fits into the host.
 *
 * @param configuration the plugin's module over those of the host
 */
record ResolvedPlugin(PluginManifest manifest, StagedPlugin staged, String moduleName, Configuration configuration) {

    static ResolvedPlugin of(PluginManifest manifest, StagedPlugin staged, ModuleLayer hostLayer)
            throws PluginLoadException {
        try {
            ModuleFinder finder = ModuleFinder.of(staged.jar());
            ModuleDescriptor module = onlyModule(finder);
            Configuration configuration = Configuration.resolve(
                    finder, List.of(hostLayer.configuration()), ModuleFinder.of(), Set.of(module.name()));
            return new ResolvedPlugin(manifest, staged, module.name(), configuration);
        } catch (FindException e) {
            throw new PluginLoadException(e.getMessage() + "; the host does not offer it, and a plugin's own libraries"
                    + " must not be required as modules");
        } catch (ResolutionException e) {
            throw new PluginLoadException("its module does not fit into the host: " + FailureText.full(e));
        }
    }

    private static ModuleDescriptor onlyModule(ModuleFinder finder) throws PluginLoadException {
        List<ModuleDescriptor> modules = descriptors(finder);
        if (modules.size() != 1 || modules.getFirst().isAutomatic()) {
            throw new PluginLoadException("has no module-info.class: a plugin must be a named module");
        }
        return modules.getFirst();
    }

    private static List<ModuleDescriptor> descriptors(ModuleFinder finder) throws PluginLoadException {
        try {
            return finder.findAll().stream().map(ModuleReference::descriptor).toList();
        } catch (FindException e) {
            throw new PluginLoadException("its module-info.class cannot be read: " + FailureText.full(e.getCause()));
        }
    }

    ModuleDescriptor module() {
        return configuration
                .findModule(moduleName)
                .map(module -> module.reference().descriptor())
                .orElseThrow();
    }
}
