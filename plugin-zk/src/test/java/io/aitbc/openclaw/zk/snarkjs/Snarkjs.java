package io.aitbc.openclaw.zk.snarkjs;

import io.aitbc.openclaw.zk.Oracle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** snarkjs in one process of Node.js that checks claim after claim; installed by npm into the build folder when it is not there. */
public final class Snarkjs implements AutoCloseable {
    private static final Path SCRIPT = Path.of("src/test/node/verify.js");

    /** The benchmark beside snarkjs pins the same versions. */
    private static final Path VERSIONS =
            Path.of("../host-sample/bench/src/main/resources/io/aitbc/openclaw/bench/proofs/snarkjs");

    private static final Path FOLDER = Path.of("target/snarkjs");

    private final Process process;
    private final Writer claims;
    private final BufferedReader answers;

    private Snarkjs(Process process) {
        this.process = process;
        claims = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Aborts the test, with the reason, on a machine that lacks Node.js or cannot fetch snarkjs. */
    public static Snarkjs start() {
        try {
            provide();
            return new Snarkjs(new ProcessBuilder("node", "verify.js")
                    .directory(FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            return missing(e);
        }
    }

    /** The script that node runs as the command snarkjs; aborts the test as {@link #start} does. */
    public static Path program() {
        try {
            provide();
            // Fails where there is no Node.js.
            new ProcessBuilder("node", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return FOLDER.resolve("node_modules/snarkjs/build/cli.cjs").toAbsolutePath();
        } catch (IOException e) {
            return missing(e);
        }
    }

    private static <T> T missing(IOException e) {
        return Oracle.missing("snarkjs is not compared with, as Node.js and npm are not there: " + e.getMessage());
    }

    private static void provide() throws IOException {
        Files.createDirectories(FOLDER);
        for (Path file : List.of(SCRIPT, VERSIONS.resolve("package.json"), VERSIONS.resolve("package-lock.json"))) {
            Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(FOLDER.resolve("node_modules/snarkjs/package.json"))) {
            install();
        }
    }

    private static void install() throws IOException {
        Path log = FOLDER.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(2, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                Object _ = Oracle.missing("snarkjs is not compared with, as npm could not fetch it: see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Object _ = Oracle.missing("npm was interrupted");
        }
    }

    /** {@code true}, {@code false}, or an error. */
    public String verify(String protocol, String key, String signals, String proof) {
        String claim = "{\"protocol\": \"%s\", \"key\": %s, \"signals\": %s, \"proof\": %s}"
                .formatted(protocol, key, signals, proof)
                .replaceAll("\\s+", " ");
        return answer(claim);
    }

    /** Of the witness that the program computes, as a file. */
    public String witnessSha256(Path wasm, Map<String, List<BigInteger>> inputs) {
        String values = inputs.entrySet().stream()
                .map(input -> "\"%s\": [%s]"
                        .formatted(
                                input.getKey(),
                                input.getValue().stream()
                                        .map("\"%s\""::formatted)
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining(", "));
        return answer("{\"wasm\": \"%s\", \"inputs\": {%s}}".formatted(wasm.toAbsolutePath(), values));
    }

    private String answer(String claim) {
        try {
            claims.write(claim + "\n");
            claims.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("snarkjs ended at " + claim);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
