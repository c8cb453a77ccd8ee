package io.aitbc.openclaw.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The directory of one staged plugin: its jar, its libraries, and a list of what was written with the hash of each file. */
final class GenerationFolder {
    static final String PLUGIN_JAR = "plugin.jar";
    static final String LIBRARIES = "lib";
    private static final String SUMS = "SHA256SUMS";

    private GenerationFolder() {}

    /**
     * Makes it read-only and complete.
     *
     * @param sums SHA-256 of each file as it was written, by its path with slashes
     */
    static void seal(Path directory, SortedMap<String, String> sums) throws IOException {
        for (String name : sums.keySet()) {
            readOnly(directory.resolve(name));
        }
        readOnly(Files.writeString(directory.resolve(SUMS), list(sums)));
    }

    private static String list(SortedMap<String, String> sums) {
        StringBuilder list = new StringBuilder();
        sums.forEach(
                (name, sha256) -> list.append(sha256).append("  ").append(name).append('\n'));
        return list.toString();
    }

    private static void readOnly(Path file) throws IOException {
        if (!file.toFile().setReadOnly()) {
            throw new IOException("Cannot make " + file + " read-only");
        }
    }

    /** Whether it holds exactly what was written to it. */
    static boolean intact(Path directory) throws IOException {
        Path list = directory.resolve(SUMS);
        if (!Files.isRegularFile(list)) {
            return false;
        }
        SortedMap<String, String> actual = new TreeMap<>();
        for (Map.Entry<String, Path> file : files(directory).entrySet()) {
            actual.put(file.getKey(), Sha256.of(file.getValue()));
        }
        return list(actual).equals(Files.readString(list));
    }

    static StagedPlugin staged(Path directory) throws IOException {
        List<Path> libraries = files(directory).entrySet().stream()
                .filter(file -> file.getKey().startsWith(LIBRARIES + "/"))
                .map(Map.Entry::getValue)
                .toList();
        return new StagedPlugin(String.valueOf(directory.getFileName()), directory.resolve(PLUGIN_JAR), libraries);
    }

    /** All files but the list itself, by their path with slashes. */
    private static SortedMap<String, Path> files(Path directory) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!name.equals(SUMS)) {
                    files.put(name, file);
                }
            }
        }
        return files;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) found.sorted(Comparator.reverseOrder())::iterator) {
                // Some systems refuse to delete what is read-only; if this fails, the deletion says so.
                boolean _ = path.toFile().setWritable(true);
                boolean _ = Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // Nothing to delete.
        }
    }
}
