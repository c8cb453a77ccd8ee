package io.aitbc.openclaw.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The modules of this project as they were assembled: those of the host, and those in the zips of the plugins. */
final class OurModules {
    private static final String PREFIX = "io.aitbc.openclaw.";

    private OurModules() {}

    /** By name. */
    static List<ModuleReference> find(Path home, Path scratch) throws IOException {
        List<Path> path = new ArrayList<>(List.of(home.resolve("lib")));
        try (Stream<Path> zips = Files.list(home.resolve("plugins"))) {
            zips.filter(zip -> zip.toString().endsWith(".zip")).forEach(zip -> path.add(pluginJar(zip, scratch)));
        }
        return ModuleFinder.of(path.toArray(Path[]::new)).findAll().stream()
                .filter(module -> module.descriptor().name().startsWith(PREFIX))
                .sorted(Comparator.comparing(module -> module.descriptor().name()))
                .toList();
    }

    private static Path pluginJar(Path zip, Path scratch) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry jar = file.stream()
                    .filter(entry -> entry.getName().matches("[^/]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
            Path target = scratch.resolve(jar.getName());
            try (InputStream in = file.getInputStream(jar)) {
                Files.copy(in, target);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path jar(ModuleReference module) {
        return Path.of(module.location().orElseThrow());
    }

    /** As {@code jar --describe-module} prints it, without versions and paths. */
    static String describe(ModuleDescriptor module) {
        List<String> lines = new ArrayList<>();
        module.requires().forEach(it -> lines.add("requires " + it.name() + modifiers(it.modifiers())));
        module.exports().forEach(it -> lines.add("exports " + it.source() + targets(it.isQualified(), it.targets())));
        module.opens().forEach(it -> lines.add("opens " + it.source() + targets(it.isQualified(), it.targets())));
        module.uses().forEach(it -> lines.add("uses " + it));
        module.provides().forEach(it -> lines.add("provides " + it.service() + " with " + it.providers()));
        lines.sort(Comparator.naturalOrder());
        return (module.isOpen() ? "open " : "") + "module " + module.name() + "\n" + String.join("\n", lines) + "\n";
    }

    private static String modifiers(java.util.Set<ModuleDescriptor.Requires.Modifier> modifiers) {
        return modifiers.stream()
                .sorted()
                .map(it -> " " + it.name().toLowerCase(java.util.Locale.ROOT))
                .reduce("", String::concat);
    }

    private static String targets(boolean qualified, java.util.Set<String> targets) {
        return qualified ? " to " + new java.util.TreeSet<>(targets) : "";
    }
}
