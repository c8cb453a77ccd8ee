package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was done for strangers today (UTC), on disk, so that a restart does not make the day longer. */
final class DailyUse {
    private static final Logger log = LoggerFactory.getLogger(DailyUse.class);

    private final Path file;
    private final MinerSettings.DailyLimit limit;
    private final InstantSource clock;
    private String day;
    private long jobs;
    private long millis;

    DailyUse(Path file, MinerSettings.DailyLimit limit, InstantSource clock) {
        this.file = file;
        this.limit = limit;
        this.clock = clock;
        this.day = today();
        read();
    }

    private String today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            JsonNode node = Json.read(Files.readString(file)).orElseGet(Json.MAPPER::createObjectNode);
            if (Json.text(node, "day").filter(day::equals).isPresent()) {
                jobs = Math.max(0, Json.integer(node, "jobs").orElse(0L));
                millis = Math.max(0, Json.integer(node, "millis").orElse(0L));
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file).log("miner cannot read what it did today and starts at zero");
        }
    }

    /** Whether it is enough for today. */
    synchronized boolean exhausted() {
        turn();
        return (limit.jobs().isPresent() && jobs >= limit.jobs().getAsInt())
                || limit.time().filter(most -> millis >= most.toMillis()).isPresent();
    }

    synchronized void begin() {
        turn();
        jobs++;
        write();
    }

    synchronized void worked(Duration time) {
        turn();
        millis += time.toMillis();
        write();
    }

    private void turn() {
        String now = today();
        if (!now.equals(day)) {
            day = now;
            jobs = 0;
            millis = 0;
        }
    }

    private void write() {
        ObjectNode node =
                Json.MAPPER.createObjectNode().put("day", day).put("jobs", jobs).put("millis", millis);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, Json.MAPPER.writeValueAsString(node));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file).log("miner cannot write down what it did today");
        }
    }

    /** For people: {@code 3 of 100 jobs, 40 s}. */
    synchronized String text() {
        turn();
        String most = limit.jobs().isPresent() ? " of " + limit.jobs().getAsInt() : "";
        String longest = limit.time().map(time -> " of " + time.toSeconds()).orElse("");
        return "%d%s jobs, %d%s s".formatted(jobs, most, millis / 1000, longest);
    }
}
