package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was done to the plugins, one JSON object a line; only ever added to, and on disk before the next step. */
final class AuditLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    AuditLog(Path file) {
        this.file = file;
    }

    /** One after the other, in one piece. */
    void add(List<AuditEntry> entries) {
        String lines = entries.stream().map(AuditLog::line).collect(Collectors.joining());
        try {
            Path _ = DurableFiles.folder(file.toAbsolutePath().resolveSibling(""));
            // The power may have failed within the last line.
            DurableFiles.append(file, ((endsWithin() ? "\n" : "") + lines).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s cannot be written (%s), and nothing is done without a record of it"
                            .formatted(file, FailureReason.of(e)),
                    e);
        }
    }

    private static String line(AuditEntry entry) {
        return JSON.createObjectNode()
                        .put("at", entry.at().toString())
                        .put("by", entry.by())
                        .put("action", entry.action().name())
                        .put("plugin", entry.pluginId())
                        .put("from", entry.from())
                        .put("to", entry.to())
                        .put("note", entry.note())
                + "\n";
    }

    private boolean endsWithin() throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            int _ = channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }

    /** The last entries, newest first; lines that were not written in full are left out. */
    List<AuditEntry> last(int most) {
        if (Files.notExists(file)) {
            return List.of();
        }
        Deque<AuditEntry> entries = new ArrayDeque<>();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            for (String line : (Iterable<String>) lines::iterator) {
                entry(line).ifPresent(entries::addFirst);
                if (entries.size() > most) {
                    entries.removeLast();
                }
            }
            return List.copyOf(entries);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "%s cannot be read: %s".formatted(file, FailureReason.of(e)), e);
        }
    }

    private static Optional<AuditEntry> entry(String line) {
        try {
            JsonNode row = JSON.readTree(line);
            return Optional.of(new AuditEntry(
                    Instant.parse(row.path("at").asString("")),
                    row.path("by").asString(""),
                    AuditEntry.Action.valueOf(row.path("action").asString("")),
                    row.path("plugin").asString(""),
                    row.path("from").asString(""),
                    row.path("to").asString(""),
                    row.path("note").asString("")));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
