package io.aitbc.openclaw.zk.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Another process that tries to open a log and closes it again, whenever it is asked. */
final class OpeningProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    OpeningProcess(Path folder) throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        OpeningProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** {@code opened}, or why not. */
    String open() throws IOException {
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
        Path folder = Path.of(arguments[0]);
        LogKey key = LogKey.in(folder.resolve("key"), new SecureRandom());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        while (System.in.read() >= 0) {
            try {
                DurableLog.open(folder, key, Duration.ZERO).close();
                out.println("opened");
            } catch (IOException e) {
                out.println(e.getMessage());
            }
        }
    }

    static String classPath() throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(
                DurableLog.class,
                LogProcess.class,
                org.bouncycastle.math.ec.rfc8032.Ed25519.class,
                org.slf4j.Logger.class)) {
            places.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(java.io.File.pathSeparator, places);
    }
}
