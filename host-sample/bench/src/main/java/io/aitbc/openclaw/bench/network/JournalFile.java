package io.aitbc.openclaw.bench.network;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The provider's ledger as it lies on disk, read without the provider. */
record JournalFile(Path file) {
    private static final String NAME = "spending.jsonl";
    private static final int LINE = 200;

    static JournalFile find(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(path -> path.endsWith(NAME))
                    .findFirst()
                    .map(JournalFile::new)
                    .orElseThrow(() -> new IOException("the provider keeps no " + NAME));
        }
    }

    long lines() throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    /** What was paid for each job, in base units; negative for money whose fate is not settled. */
    Map<String, Long> settled() throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        Map<String, JsonNode> last = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode entry = mapper.readTree(line);
            last.put(entry.path("ref").asString(), entry);
        }
        Map<String, Long> settled = new HashMap<>();
        last.forEach((reference, entry) -> {
            boolean paid = entry.path("state").asString().equals("SETTLED");
            settled.put(
                    entry.path("job").asString(reference),
                    paid ? Long.parseLong(entry.path("units").asString()) : -1);
        });
        return settled;
    }

    /** How often a line can be appended and brought to disk by one writer. */
    static double appendsPerSecond(Path folder, Duration time) throws IOException {
        Path file = folder.resolve("appends");
        byte[] line = new byte[LINE];
        long start = System.nanoTime();
        int done = 0;
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            while (System.nanoTime() - start < time.toNanos()) {
                open.write(line);
                open.getFD().sync();
                done++;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(file);
        return done / seconds;
    }
}
