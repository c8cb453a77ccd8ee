package io.aitbc.openclaw.host.versions;

import java.nio.file.Path;
import java.util.Optional;

/** Looks whether a set of plugins works, before anybody depends on it. */
@FunctionalInterface
public interface Trial {
    /**
     * Loads all plugins of a folder, apart from any host that runs.
     *
     * @return why the plugin does not work in it, one line; empty when it does
     */
    Optional<String> problem(Path plugins, String pluginId);
}
