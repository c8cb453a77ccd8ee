package io.aitbc.openclaw.host.versions;

import java.nio.file.Path;
import java.util.List;

/**
 * A plugin in the plugins directory.
 *
 * @param permissions what it declares to need
 */
public record InstalledPlugin(String id, String version, List<String> permissions, String sha256, Path file) {
    public InstalledPlugin {
        permissions = List.copyOf(permissions);
    }
}
