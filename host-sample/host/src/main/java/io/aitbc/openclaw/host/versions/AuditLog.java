package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.files.FileTurn;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done to the plugins, one JSON object a line; on disk before the next step. Lines are added, and when there are too many the oldest go: of what hosts
 * used, which may be a line for each swap, and of what people decided, each for itself. So no number of swaps takes a decision with it.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 4 << 20;
    private static final int KEPT = 1 << 20;

    private final Path file;
    private final int longest;
    private final int kept;

    AuditLog(Path file) {
        this(file, LONGEST, KEPT);
    }

    /**
     * @param longest bytes of the file, beyond which it is cut
     * @param kept bytes of either kind of entries that stay then
     */
    AuditLog(Path file, int longest, int kept) {
        this.file = file;
        this.longest = longest;
        this.kept = kept;
    }

    /** One after the other, in one piece. */
    void add(List<AuditEntry> entries) {
        String lines = entries.stream().map(AuditLog::line).collect(Collectors.joining());
        try {
            Path _ = DurableFiles.folder(file.toAbsolutePath().resolveSibling(""));
            // Whoever adds to a file that another process replaces would add to nothing.
            try (FileTurn _ = FileTurn.take(file)) {
                // The power may have failed within the last line.
                DurableFiles.append(file, ((endsWithin() ? "\n" : "") + lines).getBytes(StandardCharsets.UTF_8));
                cut();
            }
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s cannot be written (%s), and nothing is done without a record of it"
                            .formatted(file, FailureReason.of(e)),
                    e);
        }
    }

    /** What was to be written is written; a history that stays too long is no reason to stop. */
    private void cut() {
        try {
            if (Files.size(file) > longest) {
                DurableFiles.write(file, newest().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("cause", FailureReason.of(e))
                    .log("the history of plugins is long and was not cut");
        }
    }

    private String newest() throws IOException {
        Deque<String> lines = new ArrayDeque<>();
        Map<Boolean, Integer> bytes = new HashMap<>();
        for (String line : lines().reversed()) {
            Optional<AuditEntry> entry = entry(line);
            if (entry.isPresent() && bytes.merge(entry.get().action().isOfHost(), utf8(line), Integer::sum) <= kept) {
                lines.addFirst(line + "\n");
            }
        }
        return String.join("", lines);
    }

    private static int utf8(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    /** Whatever a torn line is made of. */
    private List<String> lines() throws IOException {
        return Files.exists(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                : List.of();
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
        try {
            return lines().reversed().stream()
                    .flatMap(line -> entry(line).stream())
                    .limit(most)
                    .toList();
        } catch (IOException e) {
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
