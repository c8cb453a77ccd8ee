package io.aitbc.openclaw.contract;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Another process that does something whenever it is asked, and says in a line what came of it. */
public final class AskedProcess implements AutoCloseable {
    /** What it does. */
    public interface Task {
        /** @return one line */
        String run() throws IOException;
    }

    private final Process process;
    private final BufferedReader answers;

    private AskedProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it.
     *
     * @param main whose method {@code main} calls {@link #answer}
     * @param needed classes that it uses, one of each library
     */
    public static AskedProcess start(Class<?> main, List<Class<?>> needed, String... arguments) throws IOException {
        List<Class<?>> all = new ArrayList<>(needed);
        all.addAll(List.of(main, AskedProcess.class));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(all),
                main.getName()));
        command.addAll(List.of(arguments));
        return new AskedProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Where these classes are. */
    public static String classPath(List<Class<?>> types) {
        return types.stream().map(AskedProcess::place).distinct().collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no place of " + type, e);
        }
    }

    public String ask() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return answers.readLine();
    }

    /** In the other process: runs the task for each question, until nobody asks any more. */
    @SuppressWarnings("SystemOut")
    public static void answer(Task task) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        while (System.in.read() >= 0) {
            out.println(task.run());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
