package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.OpenClawException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another process that tries to get a data directory and gives it up again, whenever it is asked. */
final class HoldingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    HoldingProcess(Path folder) throws IOException {
        String classPath = Stream.of(HoldingProcess.class, DataDirectory.class, OpenClawException.class)
                .map(type -> Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toString())
                .distinct()
                .collect(Collectors.joining(java.io.File.pathSeparator));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        HoldingProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** {@code got}, or why not. */
    String get() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return answers.readLine();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        while (System.in.read() >= 0) {
            try {
                DataDirectory.lock(Path.of(arguments[0])).close();
                out.println("got");
            } catch (OpenClawException e) {
                out.println(e.getMessage());
            }
        }
    }
}
