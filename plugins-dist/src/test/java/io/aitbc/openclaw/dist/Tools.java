package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of this machine that tests use as clients. */
final class Tools {
    private Tools() {}

    /** Skips the test where a program is missing. */
    static void need(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return;
            }
        }
        abort("This test needs the program '" + program + "', which is not installed here");
    }

    /** Runs a program that has to succeed; what it printed. */
    static String run(Path folder, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("tool", ".out");
        Path err = Files.createTempFile("tool", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + List.of(command));
            }
            assertThat(process.exitValue())
                    .as("%s%n%s%n%s", List.of(command), Files.readString(out), Files.readString(err))
                    .isZero();
            return Files.readString(out);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
