package io.aitbc.openclaw.host.plugins;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Compiles plugins for tests; the sources stand in {@code src/test/resources/test-plugins}. */
final class TestingPlugin {
    /** What was compiled already, by all that the compiler was given. */
    private static final Map<List<Object>, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private static final Path WORK = Path.of("target/testing-plugins");
    private static final Path SOURCES = Path.of("src/test/resources/test-plugins");

    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private String version = "1.0.0";
    private String classPath = "";
    private String modulePath = "";

    private TestingPlugin(String id) {
        manifest.put("Plugin-Id", id);
        manifest.put("Plugin-Version", version);
        manifest.put("Plugin-Requires", ">=0.1.0 & <1.0.0");
    }

    /** One of the test plugins under its own id. */
    static TestingPlugin of(String name) {
        TestingPlugin plugin = new TestingPlugin(name);
        Path root = SOURCES.resolve(name);
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                plugin.file(root.relativize(file).toString(), Files.readString(file));
            }
            return plugin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestingPlugin empty(String id) {
        return new TestingPlugin(id);
    }

    TestingPlugin version(String text) {
        version = text;
        return manifest("Plugin-Version", text);
    }

    /** An empty value removes the entry. */
    TestingPlugin manifest(String name, String value) {
        if (value.isEmpty()) {
            manifest.remove(name);
        } else {
            manifest.put(name, value);
        }
        return this;
    }

    TestingPlugin file(String path, String text) {
        files.put(path, text);
        return this;
    }

    TestingPlugin without(String path) {
        if (files.remove(path) == null) {
            throw new IllegalArgumentException("No file " + path);
        }
        return this;
    }

    TestingPlugin replace(String path, String part, String by) {
        String text = files.get(path);
        if (text == null || !text.contains(part)) {
            throw new IllegalArgumentException("No '" + part + "' in " + path);
        }
        return file(path, text.replace(part, by));
    }

    /** Compiles against a jar that is no module. */
    TestingPlugin compiledAgainst(Path library) {
        classPath = library.toString();
        return this;
    }

    /** Compiles against a module that will not be there at run time. */
    TestingPlugin withModule(Path module) {
        modulePath = module.toString();
        return this;
    }

    /** Requires modules that the host shares, and opens itself to them. */
    TestingPlugin requiring(String... modules) {
        String info = "module-info.java";
        List<String> paths = new ArrayList<>();
        for (String module : modules) {
            replace(
                    info,
                    "requires io.aitbc.openclaw.api;",
                    "requires io.aitbc.openclaw.api;\n    requires " + module + ";");
        }
        ModuleLayer.boot()
                .configuration()
                .modules()
                .forEach(module -> module.reference()
                        .location()
                        .filter(location -> location.getScheme().equals("file"))
                        .ifPresent(location -> paths.add(Path.of(location).toString())));
        modulePath = String.join(File.pathSeparator, paths);
        return replace(info, "module test.", "open module test.");
    }

    /** Adds an entry that no compiler would write. */
    static void addClass(Path jar, String name) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Path file = zip.getPath("/" + name);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1, 2, 3});
        }
    }

    Path jar(Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(out)) {
            StringBuilder text = new StringBuilder("Manifest-Version: 1.0\n");
            manifest.forEach((name, value) -> text.append((name + ": " + value).replaceAll(".{70}", "$0\n "))
                    .append('\n'));
            write(jar, "META-INF/MANIFEST.MF", text.toString().getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> file : contents().entrySet()) {
                write(jar, file.getKey(), file.getValue());
            }
        }
        return target;
    }

    private Map<String, byte[]> contents() throws IOException {
        List<Object> key = List.of(Map.copyOf(files), version, classPath, modulePath);
        Map<String, byte[]> known = COMPILED.get(key);
        if (known == null) {
            known = contents(compile(Files.createTempDirectory(Files.createDirectories(WORK), "plugin-")));
            COMPILED.put(key, known);
        }
        return known;
    }

    private Path compile(Path work) throws IOException {
        Path sources = Files.createDirectories(work.resolve("sources"));
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", classes.toString(), "-p", apiPath() + File.pathSeparator + modulePath));
        if (!classPath.isEmpty()) {
            arguments.addAll(
                    List.of("-cp", classPath, "--add-reads", "test." + manifest.get("Plugin-Id") + "=ALL-UNNAMED"));
        }
        boolean anySource = false;
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = sources.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue().replace("@version@", version));
            if (file.getKey().endsWith(".java")) {
                anySource = true;
                arguments.add(path.toString());
            }
        }
        if (anySource) {
            javac(arguments);
        }
        return classes;
    }

    private static void javac(List<String> arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int result =
                ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalArgumentException(output.toString());
        }
    }

    private static String apiPath() {
        return ModuleLayer.boot()
                .configuration()
                .findModule("io.aitbc.openclaw.api")
                .orElseThrow()
                .reference()
                .location()
                .map(Path::of)
                .orElseThrow()
                .toString();
    }

    private Map<String, byte[]> contents(Path classes) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        files.forEach((name, text) -> {
            if (!name.endsWith(".java")) {
                contents.put(name, text.replace("@version@", version).getBytes(StandardCharsets.UTF_8));
            }
        });
        try (Stream<Path> found = Files.walk(classes)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                contents.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static void write(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }
}
