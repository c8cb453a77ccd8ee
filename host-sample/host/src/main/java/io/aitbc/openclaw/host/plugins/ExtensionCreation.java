package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.ExtensionFactory;
import io.aitbc.openclaw.api.PluginContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the extensions of a plugin, all or none: what exists already is closed when a later one fails or comes too late. */
final class ExtensionCreation {
    private record Created(ExtensionPoint<?> point, Extension extension) {}

    private static final Logger LOG = LoggerFactory.getLogger(ExtensionCreation.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final PluginContext context;
    private final Map<ExtensionPoint<?>, List<? extends ExtensionWrapper<?>>> factories;
    private final List<Created> created = new ArrayList<>();
    private boolean abandoned;

    ExtensionCreation(PluginContext context, Map<ExtensionPoint<?>, List<? extends ExtensionWrapper<?>>> factories) {
        this.context = context;
        this.factories = new LinkedHashMap<>(factories);
    }

    /** Runs the plugin's factories. */
    boolean create() throws PluginLoadException {
        for (Map.Entry<ExtensionPoint<?>, List<? extends ExtensionWrapper<?>>> entry : factories.entrySet()) {
            for (ExtensionWrapper<?> wrapper : entry.getValue()) {
                ExtensionFactory<?> factory = (ExtensionFactory<?>) wrapper.getExtension();
                @Nullable Extension extension = factory.create(context);
                if (extension == null) {
                    throw new PluginLoadException(factory.getClass().getName() + " created nothing");
                }
                add(entry.getKey(), extension);
            }
        }
        return true;
    }

    private void add(ExtensionPoint<?> point, Extension extension) throws PluginLoadException {
        synchronized (this) {
            if (!abandoned) {
                created.add(new Created(point, extension));
                return;
            }
        }
        close(extension);
        throw new PluginLoadException("came too late");
    }

    /** Asks each extension for its id, and for what else it has to be able to say. */
    Map<ExtensionKey<?>, Extension> probe() throws PluginLoadException {
        Map<ExtensionKey<?>, Extension> extensions = new LinkedHashMap<>();
        for (Created each : snapshot()) {
            @Nullable String id = each.extension().id();
            if (id == null || !ID.matcher(id).matches()) {
                throw new PluginLoadException(
                        "the id of " + each.extension().getClass().getName()
                                + " is not usable: lower-case letters, digits, dots, hyphens, at most 63");
            }
            ExtensionKey<?> key = each.point().key(each.extension(), id);
            if (extensions.keySet().stream().anyMatch(taken -> ExtensionPoint.clash(key, taken))) {
                throw new PluginLoadException("contributes " + key + " twice");
            }
            ExtensionProbe.ask(each.extension(), key);
            extensions.put(key, each.extension());
        }
        return extensions;
    }

    private synchronized List<Created> snapshot() {
        return List.copyOf(created);
    }

    /** Lets all give up what the next generation needs. */
    boolean retire() {
        for (Created each : snapshot()) {
            try {
                each.extension().retire();
            } catch (Throwable failure) {
                LOG.warn(
                        "retiring an extension failed plugin={} failure={}",
                        context.pluginId(),
                        FailureText.withoutMessage(failure));
            }
        }
        return true;
    }

    /** Closes what was created, last first, and all that is still created from now on. */
    boolean close() {
        List<Created> open;
        synchronized (this) {
            abandoned = true;
            open = List.copyOf(created).reversed();
            created.clear();
        }
        open.forEach(each -> close(each.extension()));
        return true;
    }

    private void close(Extension extension) {
        try {
            extension.close();
        } catch (Throwable failure) {
            LOG.warn(
                    "closing an extension failed plugin={} failure={}",
                    context.pluginId(),
                    FailureText.withoutMessage(failure));
        }
    }
}
