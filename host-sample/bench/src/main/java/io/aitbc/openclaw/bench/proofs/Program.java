package io.aitbc.openclaw.bench.proofs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program beside this one. */
final class Program {
    private Program() {}

    /**
     * @return the lines that it printed, errors among them
     * @throws IOException with these lines if it does not end within the limit and without an error
     */
    static List<String> run(Path folder, Duration limit, String... command) throws IOException, InterruptedException {
        Path log =
                Files.createTempFile(folder, Path.of(command[0]).getFileName().toString(), ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IOException("'%s' %s: %s"
                        .formatted(
                                String.join(" ", command),
                                ended ? "failed" : "took longer than " + limit,
                                String.join(" ", Files.readAllLines(log))));
            }
            return Files.readAllLines(log);
        } finally {
            process.destroyForcibly();
        }
    }
}
