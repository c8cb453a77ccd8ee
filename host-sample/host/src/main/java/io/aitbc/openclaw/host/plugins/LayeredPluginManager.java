package io.aitbc.openclaw.host.plugins;

import com.github.zafarkhaja.semver.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.VersionManager;

/**
 * PF4J with module layers and with several generations of a plugin side by side.
 *
 * <p>PF4J is not thread-safe, so {@link #load}, {@link #factories} and {@link #unload} share one lock. No code of a plugin
 * runs while it is held.
 */
final class LayeredPluginManager extends AbstractPluginManager {
    private static final Pattern EXACT_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final int LONGEST_EXPRESSION = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LayerDescriptor loading;

    LayeredPluginManager(Path pluginsDirectory, String apiVersion) {
        super(pluginsDirectory);
        // While the system version is 0.0.0, PF4J does not check Plugin-Requires at all.
        setSystemVersion(apiVersion);
        // With the default, one plugin that cannot be resolved makes every later loadPlugin fail.
        setResolveRecoveryStrategy(ResolveRecoveryStrategy.IGNORE_PLUGIN_AND_CONTINUE);
    }

    /** Defines the module layer of a generation. */
    LayerClassLoader load(ResolvedPlugin plugin, int generation) throws PluginLoadException {
        lock.lock();
        try {
            LayerDescriptor descriptor = new LayerDescriptor(plugin, generation);
            loading = descriptor;
            return load(descriptor);
        } finally {
            loading = null;
            lock.unlock();
        }
    }

    private LayerClassLoader load(LayerDescriptor descriptor) throws PluginLoadException {
        String id = descriptor.getPluginId();
        try {
            loadPlugin(descriptor.plugin().staged().jar());
            PluginState state = startPlugin(id);
            if (state != PluginState.STARTED) {
                throw new PluginLoadException("PF4J left it in state " + state);
            }
            return (LayerClassLoader) getPluginClassLoader(id);
        } catch (RuntimeException | LinkageError e) {
            unloadPlugin(id);
            throw new PluginLoadException(FailureText.full(e));
        } catch (PluginLoadException e) {
            unloadPlugin(id);
            throw e;
        }
    }

    /** Factories of an extension point; none was instantiated yet. */
    <T> List<ExtensionWrapper<T>> factories(Class<T> factory, String runtimeId) {
        lock.lock();
        try {
            return extensionFinder.find(factory, runtimeId);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a generation and closes its files. */
    void unload(String runtimeId) {
        lock.lock();
        try {
            unloadPlugin(runtimeId);
        } finally {
            lock.unlock();
        }
    }

    boolean isDisabled(String pluginId) {
        return isPluginDisabled(pluginId);
    }

    void checkVersion(String version) throws PluginLoadException {
        checkVersion(getVersionManager(), version);
    }

    static void checkVersion(VersionManager versions, String version) throws PluginLoadException {
        try {
            int _ = versions.compareVersions(version, version);
        } catch (RuntimeException e) {
            throw new PluginLoadException(
                    "Plugin-Version '" + FailureText.oneLine(version) + "' is not a semantic version such as 1.2.3");
        }
    }

    /** Negative when the first is the lower one; both were checked. */
    int compareVersions(String one, String other) {
        return getVersionManager().compareVersions(one, other);
    }

    void checkRequires(String requires) throws PluginLoadException {
        if (!requirementHolds(requires)) {
            throw new PluginLoadException("needs version " + FailureText.oneLine(requires)
                    + " of the plugin API (Plugin-Requires), this host has " + getSystemVersion());
        }
    }

    private boolean requirementHolds(String requires) throws PluginLoadException {
        if (requires.length() > LONGEST_EXPRESSION) {
            throw new PluginLoadException("its Plugin-Requires is longer than " + LONGEST_EXPRESSION + " characters");
        }
        // The same reading of a bare version as in AbstractPluginManager.isPluginValid.
        String expression = EXACT_VERSION.matcher(requires).matches() ? ">=" + requires : requires;
        try {
            return getVersionManager().checkVersionConstraint(getSystemVersion(), expression);
        } catch (RuntimeException e) {
            throw new PluginLoadException("Plugin-Requires '" + FailureText.oneLine(requires)
                    + "' is not a version expression such as '>=0.1.0 & <1.0.0'");
        }
    }

    /** PF4J 3.15.0 walks the list that stopping changes, and leaves plugins running. */
    @Override
    public void stopPlugins() {
        lock.lock();
        try {
            for (PluginWrapper plugin : new ArrayList<>(getStartedPlugins()).reversed()) {
                stopPlugin(plugin.getPluginId());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Two generations may come from the same bytes, and so from the same staged file. */
    @Override
    @SuppressWarnings("NullAway") // PF4J's contract: null for a path that is not loaded.
    protected String idForPath(Path pluginPath) {
        return null;
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path pluginPath) {
                return true;
            }

            @Override
            public LayerDescriptor find(Path pluginPath) {
                LayerDescriptor descriptor = loading;
                if (descriptor == null) {
                    throw new PluginRuntimeException("Plugins are loaded through PluginHost only");
                }
                return descriptor;
            }
        };
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        PluginLists lists = new PluginLists(getPluginsRoot());
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String runtimeId) {
                return lists.disables(LayerDescriptor.pluginId(runtimeId));
            }

            @Override
            public void disablePlugin(String runtimeId) {
                throw new PluginRuntimeException("Plugins are disabled in the files of their directory only");
            }

            @Override
            public void enablePlugin(String runtimeId) {
                disablePlugin(runtimeId);
            }
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new LayerPluginLoader(this);
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new ProvidedExtensionFinder(this);
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new ProvidedExtensionFactory();
    }

    /** What plugins contribute are extensions; a PF4J plugin object has nothing to do. */
    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Plugin();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new PluginRepository() {
            @Override
            public List<Path> getPluginPaths() {
                return List.of();
            }

            @Override
            public boolean deletePluginPath(Path pluginPath) {
                return false;
            }
        };
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager() {
            // As semver.org has it: builds of one version are equal. PF4J orders them.
            @Override
            public int compareVersions(String one, String other) {
                return Version.parse(one).compareToIgnoreBuildMetadata(Version.parse(other));
            }
        };
    }
}
