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
 * What lies in a plugins directory, by the loader's rules: of the files with one id the highest version counts, of equal ones that
 * whose name sorts first.
 *
 * @param plugins by id
 * @param broken one line for each file that holds no plugin, or one that another file takes the place of
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
                } else {
                    InstalledPlugin found =
                            new InstalledPlugin(read.id(), read.version(), read.permissions(), read.sha256(), file);
                    plugins.merge(read.id(), found, (one, other) -> higher(one, other, broken));
                }
            } catch (OpenClawException e) {
                broken.add(String.valueOf(e.getMessage()));
            }
        }
        return new InstalledPlugins(List.copyOf(plugins.values()), broken);
    }

    private static InstalledPlugin higher(InstalledPlugin one, InstalledPlugin other, List<String> broken) {
        boolean first = SemanticVersions.ORDER.compare(one.version(), other.version()) >= 0;
        InstalledPlugin counts = first ? one : other;
        InstalledPlugin left = first ? other : one;
        broken.add("%s: plugin '%s' %s is not used, because %s holds %s"
                .formatted(
                        left.file().getFileName(),
                        left.id(),
                        left.version(),
                        counts.file().getFileName(),
                        counts.version()));
        return counts;
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
