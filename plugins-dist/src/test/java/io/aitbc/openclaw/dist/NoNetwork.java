package io.aitbc.openclaw.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Keeps a process from connecting to anything, this machine included: in a network namespace of Linux without an interface that is up,
 * or, where those are not allowed, under {@link RefusingAgent}, with which no socket of a JVM can be opened.
 *
 * @param prefix of the command
 * @param javaOptions of all JVMs it starts; empty for none
 */
record NoNetwork(List<String> prefix, String javaOptions) {
    private static final List<String> UNSHARE = List.of("unshare", "--net", "--map-root-user");

    /** As this machine allows it. */
    static NoNetwork best(Path scratch) throws IOException, InterruptedException {
        return works(UNSHARE) ? new NoNetwork(UNSHARE, "") : agent(scratch);
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    static NoNetwork agent(Path scratch) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), RefusingAgent.class.getName());
        Path jar = scratch.resolve("no-network.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Class<?> type : List.of(RefusingAgent.class, RefusingAgent.NoChannels.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                entries.putNextEntry(new JarEntry(name));
                try (InputStream bytes = NoNetwork.class.getClassLoader().getResourceAsStream(name)) {
                    bytes.transferTo(entries);
                }
                entries.closeEntry();
            }
        }
        return new NoNetwork(List.of(), "-javaagent:" + jar);
    }

    void applyTo(ProcessBuilder builder) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(builder.command());
        builder.command(command);
        if (!javaOptions.isEmpty()) {
            builder.environment().put("JAVA_TOOL_OPTIONS", javaOptions);
        }
    }
}
