package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The pins, by plugin id. A file that cannot be read is an error: without it an upgrade would do what was ruled out. */
final class PinFile {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    PinFile(Path file) {
        this.file = file;
    }

    Map<String, Pin> read() {
        Map<String, Pin> pins = new TreeMap<>();
        if (Files.notExists(file)) {
            return pins;
        }
        try {
            for (Map.Entry<String, JsonNode> row : JSON.readTree(Files.readString(file, StandardCharsets.UTF_8))
                    .properties()) {
                pins.put(row.getKey(), pin(row.getKey(), row.getValue()));
            }
            return pins;
        } catch (IOException | JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "The pins in %s cannot be read (%s); correct the file, or delete it and pin anew"
                            .formatted(file, Texts.oneLine(FailureReason.of(e))),
                    e);
        }
    }

    private static Pin pin(String id, JsonNode row) {
        String range = row.path("range").asString("");
        if (!SemanticVersions.isRange(range)) {
            throw new IllegalArgumentException("'" + range + "' is no range of versions");
        }
        return new Pin(
                id,
                range,
                row.path("reason").asString(""),
                row.path("by").asString(""),
                Instant.parse(row.path("at").asString("")));
    }

    void write(Map<String, Pin> pins) {
        ObjectNode document = JSON.createObjectNode();
        pins.forEach((id, pin) -> document.putObject(id)
                .put("range", pin.range())
                .put("reason", pin.reason())
                .put("by", pin.by())
                .put("at", pin.at().toString()));
        try {
            DurableFiles.write(file, (document.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "%s cannot be written: %s".formatted(file, FailureReason.of(e)), e);
        }
    }
}
