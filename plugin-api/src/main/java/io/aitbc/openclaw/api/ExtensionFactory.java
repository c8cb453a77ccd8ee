package io.aitbc.openclaw.api;

/**
 * Creates an extension. Implementations have a public constructor without arguments and are named in the plugin's
 * {@code module-info} ({@code provides … with …}).
 *
 * @param <T> the extension point
 */
public interface ExtensionFactory<T extends Extension> {
    /**
     * Creates the extension; must return within the host's start limit and must not wait for a network.
     *
     * @throws OpenClawException with a CONFIG code when the configuration cannot work
     */
    T create(PluginContext context);
}
