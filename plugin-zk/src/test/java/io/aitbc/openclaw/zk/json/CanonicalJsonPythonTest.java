package io.aitbc.openclaw.zk.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.Oracle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random documents, canonicalised here and by the Python that the network itself runs on. */
class CanonicalJsonPythonTest {
    private static final int DOCUMENTS = 5_000;
    private static final String SCRIPT = """
            import json, sys
            def bare(x):
                if isinstance(x, dict):
                    return {k: bare(v) for k, v in x.items() if v is not None}
                if isinstance(x, list):
                    return [bare(v) for v in x if v is not None]
                return x
            for line in open(sys.argv[1], encoding="utf-8", newline="\\n"):
                print(json.dumps(bare(json.loads(line)), separators=(",", ":"), sort_keys=True))
            """;

    @TempDir
    Path folder;

    @Test
    void python_writes_random_documents_the_same_way() throws Exception {
        if (!runs("python3", "--version")) {
            Object _ = Oracle.missing("python3 is not installed");
        }
        Random random = new Random(23);
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(RandomSpelling.of(RandomJson.value(random, 0), random));
        }
        Path input = folder.resolve("documents.txt");
        Path output = folder.resolve("canonical.txt");
        Files.write(input, documents, StandardCharsets.UTF_8);
        Process python = new ProcessBuilder("python3", "-c", SCRIPT, input.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(python.exitValue()).isZero();

        List<String> canonical = Files.readAllLines(output, StandardCharsets.US_ASCII);
        assertThat(canonical).hasSize(DOCUMENTS);
        JsonReader reader = new JsonReader();
        for (int i = 0; i < DOCUMENTS; i++) {
            assertThat(new String(CanonicalJson.of(reader.read(documents.get(i))), StandardCharsets.US_ASCII))
                    .as(documents.get(i))
                    .isEqualTo(canonical.get(i));
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
