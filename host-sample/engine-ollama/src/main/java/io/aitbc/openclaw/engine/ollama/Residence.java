package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.OpenClawException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What is in Ollama's memory, from {@code /api/ps}. Read directly and not through Ollama4j, whose answer lacks
 * {@code context_length} and fails on any field it does not know.
 */
final class Residence {
    /**
     * A row of {@code /api/ps}.
     *
     * @param expiresAt as it came
     */
    record Row(String name, String digest, long size, long sizeVram, int contextLength, String expiresAt) {}

    /**
     * An answer of {@code /api/ps}, or the lack of one.
     *
     * @param at {@link System#nanoTime()} when it was asked
     * @param expiries end of stay by canonical name
     */
    record Probe(long at, boolean answered, Map<String, String> expiries) {
        /** Empty when the model is not listed. */
        String expiry(String model) {
            return expiries.getOrDefault(ModelNames.canonical(model), "");
        }
    }

    private final OllamaHttp http;
    private final Consumer<List<Row>> onRead;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Probe latest;

    Residence(OllamaHttp http, Consumer<List<Row>> onRead) {
        this.http = http;
        this.onRead = onRead;
        this.latest = new Probe(System.nanoTime(), false, Map.of());
    }

    /** Asks now. */
    List<Row> read() {
        JsonNode root = http.get("/api/ps");
        List<Row> rows = root.path("models")
                .valueStream()
                .map(row -> new Row(
                        row.path("name").asString(row.path("model").asString("")),
                        row.path("digest").asString(""),
                        row.path("size").asLong(0),
                        row.path("size_vram").asLong(0),
                        row.path("context_length").asInt(0),
                        row.path("expires_at").asString("")))
                .toList();
        onRead.accept(rows);
        return rows;
    }

    /** The latest answer; asks anew in the background when it is older than this. Never waits. */
    Probe probe(long now, long maxAgeNanos) {
        Probe probe = latest;
        if (now - probe.at() >= maxAgeNanos && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("ollama-ps").start(this::ask);
        }
        return probe;
    }

    private void ask() {
        long at = System.nanoTime();
        try {
            Map<String, String> expiries = new HashMap<>();
            for (Row row : read()) {
                expiries.put(ModelNames.canonical(row.name()), row.expiresAt());
            }
            latest = new Probe(at, true, expiries);
        } catch (OpenClawException e) {
            latest = new Probe(at, false, Map.of());
        } finally {
            asking.set(false);
        }
    }
}
