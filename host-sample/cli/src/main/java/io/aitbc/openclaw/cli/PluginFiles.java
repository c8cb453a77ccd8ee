package io.aitbc.openclaw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a plugins directory, read without running any of it.
 *
 * @param ids of the plugins, in the order of their files
 * @param broken names of files that hold no plugin
 */
record PluginFiles(List<String> ids, List<String> broken) {
    static PluginFiles read(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "[!.]*.{zip,jar}")) {
            all.forEach(files::add);
        }
        files.sort(null);
        List<String> ids = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            id(file).ifPresentOrElse(ids::add, () -> broken.add(String.valueOf(file.getFileName())));
        }
        return new PluginFiles(List.copyOf(ids), List.copyOf(broken));
    }

    private static Optional<String> id(Path file) {
        try {
            if (file.toString().endsWith(".jar")) {
                try (InputStream jar = Files.newInputStream(file)) {
                    return idOfJar(jar);
                }
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                Optional<? extends ZipEntry> entry = zip.stream()
                        .filter(it ->
                                it.getName().endsWith(".jar") && !it.getName().contains("/"))
                        .findFirst();
                if (entry.isEmpty()) {
                    return Optional.empty();
                }
                try (InputStream jar = zip.getInputStream(entry.get())) {
                    return idOfJar(jar);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> idOfJar(InputStream stream) throws IOException {
        try (JarInputStream jar = new JarInputStream(stream)) {
            @Nullable Manifest manifest = jar.getManifest();
            return manifest == null
                    ? Optional.empty()
                    : Optional.ofNullable(manifest.getMainAttributes().getValue("Plugin-Id"));
        }
    }
}
