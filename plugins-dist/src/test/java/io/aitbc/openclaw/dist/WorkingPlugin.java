package io.aitbc.openclaw.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A plugin with a background service, compiled against the installation. */
final class WorkingPlugin {
    private static final String MODULE = """
            module test.worker {
                requires io.aitbc.openclaw.api;

                provides io.aitbc.openclaw.api.service.BackgroundServiceFactory with test.worker.WorkerFactory;
            }
            """;
    private static final String FACTORY = """
            package test.worker;

            import io.aitbc.openclaw.api.PluginContext;
            import io.aitbc.openclaw.api.service.*;

            public final class WorkerFactory implements BackgroundServiceFactory {
                @Override
                public BackgroundService create(PluginContext context) {
                    return new BackgroundService() {
                        @Override
                        public String id() {
                            return "worker";
                        }

                        @Override
                        public void start() {
                            %s
                        }

                        @Override
                        public void stop() {}

                        @Override
                        public ServiceHealth health() {
                            return ServiceHealth.of(ServiceHealth.State.%s, "%s");
                        }

                        @Override
                        public void close() {}
                    };
                }
            }
            """;

    private WorkingPlugin() {}

    static void good(Installation installation, String version, Path jar) throws IOException {
        write(installation, version, FACTORY.formatted("", "RUNNING", "works"), jar);
    }

    /** Passes a trial, in which no service runs. */
    static void thatDoesNotStart(Installation installation, String version, Path jar) throws IOException {
        String fails = "throw new IllegalStateException();";
        write(installation, version, FACTORY.formatted(fails, "RUNNING", "works"), jar);
    }

    static void thatGivesUp(Installation installation, String version, Path jar) throws IOException {
        write(installation, version, FACTORY.formatted("", "FAILED", "out of order"), jar);
    }

    private static void write(Installation installation, String version, String factory, Path jar) throws IOException {
        Path work = Files.createTempDirectory(installation.scratch(), "compile");
        Path classes = work.resolve("classes");
        Path module = Files.writeString(work.resolve("module-info.java"), MODULE);
        Path source = Files.createDirectories(work.resolve("test/worker")).resolve("WorkerFactory.java");
        Files.writeString(source, factory);
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        writer,
                        writer,
                        "-proc:none",
                        "-p",
                        installation.home().resolve("lib").toString(),
                        "-d",
                        classes.toString(),
                        module.toString(),
                        source.toString());
        if (result != 0) {
            throw new AssertionError(output);
        }
        pack(classes, version, jar);
    }

    private static void pack(Path classes, String version, Path target) throws IOException {
        Manifest manifest = new Manifest();
        Attributes entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.putValue("Plugin-Id", "worker");
        entries.putValue("Plugin-Version", version);
        entries.putValue("Plugin-Permissions", "background");
        List<Path> files;
        try (Stream<Path> found = Files.walk(classes)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Path file : files) {
                jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }
}
