package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.leaks.DriverRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ResolvedModule;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Defines the classes of one generation of a plugin: those of its jar in its named module, those of its private libraries in
 * the unnamed module. Unlike the loaders of {@link ModuleLayer} it can be closed, which frees the files at once.
 *
 * <p>Packages of modules that the plugin reads always come from those modules, as in any module layer; a private library
 * cannot shadow them. For all else private libraries come before the host.
 */
final class LayerClassLoader extends PluginClassLoader {
    private final String moduleName;
    private final Set<String> ownPackages;
    private final Map<String, ClassLoader> readPackages;
    private final String ownLocation;
    private final boolean hasLibraries;

    LayerClassLoader(
            PluginManager manager,
            PluginDescriptor descriptor,
            ResolvedPlugin plugin,
            ModuleLayer hostLayer,
            ClassLoader parent) {
        super(manager, descriptor, parent);
        moduleName = plugin.moduleName();
        ownPackages = plugin.module().packages();
        readPackages = readPackages(plugin, hostLayer);
        StagedPlugin staged = plugin.staged();
        ownLocation = "jar:" + staged.jar().toFile().toURI() + "!/";
        hasLibraries = !staged.libraries().isEmpty();
        addFile(staged.jar().toFile());
        staged.libraries().forEach(library -> addFile(library.toFile()));
    }

    private static Map<String, ClassLoader> readPackages(ResolvedPlugin plugin, ModuleLayer hostLayer) {
        Map<String, ClassLoader> packages = new HashMap<>();
        ResolvedModule own =
                plugin.configuration().findModule(plugin.moduleName()).orElseThrow();
        for (ResolvedModule read : own.reads()) {
            ModuleDescriptor descriptor = read.reference().descriptor();
            @Nullable ClassLoader found = hostLayer.findLoader(read.name());
            ClassLoader loader = found == null ? ClassLoader.getPlatformClassLoader() : found;
            if (descriptor.isAutomatic()) {
                descriptor.packages().forEach(name -> packages.put(name, loader));
                continue;
            }
            for (ModuleDescriptor.Exports exports : descriptor.exports()) {
                if (!exports.isQualified() || exports.targets().contains(plugin.moduleName())) {
                    packages.put(exports.source(), loader);
                }
            }
        }
        return packages;
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            String packageName = packageName(name);
            if (ownPackages.contains(packageName)) {
                return findClass(name);
            }
            ClassLoader read = readPackages.get(packageName);
            if (read != null) {
                return read.loadClass(name);
            }
            return hasLibraries ? loadLibraryClass(name) : getParent().loadClass(name);
        }
    }

    private Class<?> loadLibraryClass(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return getParent().loadClass(name);
        }
    }

    /** What {@link Class#forName(Module, String)} asks; a missing class is null, not an exception. */
    @Override
    @SuppressWarnings("NullAway") // The contract of the method overridden, which is not annotated, wants null.
    protected Class<?> findClass(String module, String name) {
        if (!moduleName.equals(module) || !ownPackages.contains(packageName(name))) {
            return null;
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException e) {
                return null;
            }
        }
    }

    /** What {@link Module#getResourceAsStream} asks; only files of the plugin's own jar are in its module. */
    @Override
    @SuppressWarnings("NullAway") // As above.
    protected URL findResource(String module, String name) {
        URL url = moduleName.equals(module) ? findResource(name) : null;
        return url != null && url.toString().startsWith(ownLocation) ? url : null;
    }

    /**
     * Takes back what its classes may have left with the JDK's list of JDBC drivers and in the caches of Jackson's shared mapper.
     * Runs code of the plugin, and must come before it is closed.
     */
    void takeBack() throws IOException, ReflectiveOperationException {
        JsonMapper.shared().clearCaches();
        boolean mayHaveDrivers =
                readPackages.containsKey("java.sql") || findResource("META-INF/services/java.sql.Driver") != null;
        if (mayHaveDrivers) {
            removeDrivers();
        }
    }

    private void removeDrivers() throws IOException, ReflectiveOperationException {
        try (InputStream in = DriverRemoval.class.getResourceAsStream("DriverRemoval.class")) {
            if (in == null) {
                throw new IOException("The host has lost a class of its own");
            }
            byte[] bytes = in.readAllBytes();
            Class<?> copy = defineClass(DriverRemoval.class.getName(), bytes, 0, bytes.length);
            ((Runnable) copy.getConstructor().newInstance()).run();
        }
    }

    private static String packageName(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
