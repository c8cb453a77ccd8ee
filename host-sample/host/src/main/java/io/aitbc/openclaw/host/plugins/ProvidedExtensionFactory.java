package io.aitbc.openclaw.host.plugins;

import java.util.ServiceLoader;
import org.pf4j.ExtensionFactory;
import org.pf4j.PluginRuntimeException;

/** Creates what a plugin's module provides through {@link ServiceLoader}, which alone may enter its concealed packages. */
final class ProvidedExtensionFactory implements ExtensionFactory {
    @Override
    public <T> T create(Class<T> extensionClass) {
        for (ExtensionPoint<?> point : ExtensionPoint.all()) {
            if (point.factory().isAssignableFrom(extensionClass)) {
                return extensionClass.cast(load(point.factory(), extensionClass));
            }
        }
        throw new PluginRuntimeException(extensionClass.getName() + " is not a factory of an extension point");
    }

    private static <S> S load(Class<S> service, Class<?> implementation) {
        return ServiceLoader.load(implementation.getModule().getLayer(), service).stream()
                .filter(provider -> provider.type() == implementation)
                .findFirst()
                .orElseThrow(() -> new PluginRuntimeException(
                        "its module-info does not provide " + service.getName() + " with " + implementation.getName()))
                .get();
    }
}
