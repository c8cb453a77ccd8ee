package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.plugins.PluginFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What lies in a plugins directory, by the loader's rules: of two files with one id the one whose name sorts first counts.
 *
 * @param plugins by id
 * @param broken one line for each file that holds no plugin, or one that is there already
 */
public record InstalledPlugins(List<InstalledPlugin> plugins, List<String> broken) {
    public InstalledPlugins {
        plugins = List.copyOf(plugins);
        broken = List.copyOf(broken);
    }

    /** @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when the directory cannot be read */
    public static InstalledPlugins in(Path directory) {
        Map<String, InstalledPlugin> plugins = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        for (Path file : files(directory)) {
            try {
                PluginFile read = PluginFile.read(file);
                if (!SemanticVersions.isVersion(read.version())) {
                    broken.add("%s: '%s' is no semantic version".formatted(file.getFileName(), read.version()));
                } else if (plugins.containsKey(read.id())) {
                    broken.add("%s: plugin '%s' is in %s already"
                            .formatted(
                                    file.getFileName(),
                                    read.id(),
                                    plugins.get(read.id()).file().getFileName()));
                } else {
                    plugins.put(
                            read.id(),
                            new InstalledPlugin(read.id(), read.version(), read.permissions(), read.sha256(), file));
                }
            } catch (OpenClawException e) {
                broken.add(String.valueOf(e.getMessage()));
            }
        }
        return new InstalledPlugins(List.copyOf(plugins.values()), broken);
    }

    private static List<Path> files(Path directory) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "[!.]*.{jar,zip}")) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            files.removeIf(file -> !Files.isRegularFile(file));
            files.sort(null);
            return files;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "The plugins directory %s cannot be read; choose another with --plugins".formatted(directory),
                    e);
        }
    }

    Optional<InstalledPlugin> find(String id) {
        return plugins.stream().filter(plugin -> plugin.id().equals(id)).findFirst();
    }
}
