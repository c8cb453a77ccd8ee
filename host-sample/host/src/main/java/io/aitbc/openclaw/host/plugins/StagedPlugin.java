package io.aitbc.openclaw.host.plugins;

import java.nio.file.Path;
import java.util.List;

/**
 * A plugin in its own directory, which nobody changes any more.
 *
 * @param sha256 of the source file
 * @param jar the plugin's module
 * @param libraries private libraries, which are not modules, by name
 */
record StagedPlugin(String sha256, Path jar, List<Path> libraries) {
    StagedPlugin {
        libraries = List.copyOf(libraries);
    }
}
