package io.aitbc.openclaw.zk.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.contract.AskedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that is killed without a warning while it appends. */
class KilledLogTest {
    private static final int KILLS = 5;
    private static final int LINES_BEFORE_A_KILL = 60;

    private final Map<Integer, String> acknowledged = new HashMap<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void kill_loses_no_acknowledged_leaf_and_never_forks_the_log() throws Exception {
        LogKey key = LogKey.in(folder.resolve("key"), new SecureRandom());
        for (int kill = 0; kill < KILLS; kill++) {
            appendUntilKilled(kill, key);
            try (DurableLog log = DurableLog.open(folder, key, Duration.ofSeconds(5))) {
                assertAllThere(log);
            }
        }
        assertThat(acknowledged.size()).isGreaterThanOrEqualTo(KILLS * LINES_BEFORE_A_KILL);
        assertThat(checkpoints).hasSizeGreaterThanOrEqualTo(KILLS);
    }

    private void assertAllThere(DurableLog log) throws IOException {
        for (Map.Entry<Integer, String> entry : acknowledged.entrySet()) {
            DurableLog.Entry read = log.read(entry.getKey());
            assertThat(new String(read.leaf(), StandardCharsets.UTF_8)).isEqualTo(entry.getValue());
            assertThat(log.find(entry.getValue())).hasValue(entry.getKey());
        }
        Checkpoint now = log.checkpoint();
        for (Checkpoint earlier : checkpoints) {
            List<byte[]> path = log.consistency((int) earlier.size(), (int) now.size());
            assertThat(new MerkleProofs().consistent(earlier.size(), earlier.root(), now.size(), now.root(), path))
                    .isTrue();
        }
    }

    private void appendUntilKilled(int run, LogKey key) throws Exception {
        List<Class<?>> needed = new ArrayList<>(OpeningProcess.NEEDED);
        needed.add(LogProcess.class);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        AskedProcess.classPath(needed),
                        LogProcess.class.getName(),
                        folder.toString(),
                        "run" + run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < LINES_BEFORE_A_KILL; i++) {
                note(lines.readLine(), key);
            }
            assertThat(kill(process)).isEqualTo(137);
            List<String> rest = lines.lines().toList();
            // The last line may have been cut.
            rest.subList(0, Math.max(0, rest.size() - 1)).forEach(line -> note(line, key));
        }
    }

    /** By its handle: {@link Process} would close what it said and was not read yet. */
    private static int kill(Process process) throws InterruptedException {
        assertThat(process.toHandle().destroyForcibly()).isTrue();
        return process.waitFor();
    }

    private void note(String line, LogKey key) {
        String[] words = line.split(" ", 3);
        assertThat(acknowledged.put(Integer.parseInt(words[0]), words[1]))
                .as("index given twice")
                .isNull();
        if (words.length == 3) {
            checkpoints.add(Checkpoint.verified(words[2].replace("|", "\n"), key.publicKey())
                    .orElseThrow());
        }
    }
}
