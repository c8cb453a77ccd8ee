package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Manifests as JSON files, one for each name. */
final class Manifests {
    private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);

    /** Loaded for the first manifest: most hosts have none, and each start would wait for it. */
    private static final class Mapper {
        static final JsonMapper JSON = JsonMapper.shared();
    }

    private final Path directory;

    Manifests(Path directory) {
        this.directory = directory;
    }

    List<Manifest> all() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Manifest> manifests = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(entry -> entry.toString().endsWith(".json"))
                    .sorted()
                    .forEach(entry -> read(entry).ifPresent(manifests::add));
        } catch (IOException e) {
            LOG.warn("event=manifests_unreadable directory={} cause={}", directory, e.toString());
        }
        return manifests;
    }

    Optional<Manifest> find(String name) {
        Path file = file(name);
        return Files.isRegularFile(file) ? read(file) : Optional.empty();
    }

    void write(Manifest manifest) {
        ObjectNode json = Mapper.JSON.createObjectNode();
        json.put("name", manifest.name());
        json.put("digest", manifest.digest());
        manifest.system().ifPresent(system -> json.put("system", system));
        manifest.license().ifPresent(license -> json.put("license", license));
        json.set("parameters", Mapper.JSON.valueToTree(manifest.parameters().values()));
        try {
            Files.createDirectories(directory);
            Path fresh = Files.createTempFile(directory, "manifest-", ".part");
            try {
                Files.writeString(
                        fresh, Mapper.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
                Files.move(
                        fresh,
                        file(manifest.name()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INTERNAL, "cannot write to %s: %s".formatted(directory, FailureReason.of(e)), e);
        }
    }

    /** @return false when there was none */
    boolean delete(String name) {
        try {
            return Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "cannot delete from %s: %s".formatted(directory, FailureReason.of(e)), e);
        }
    }

    private Optional<Manifest> read(Path file) {
        try {
            JsonNode json = Mapper.JSON.readTree(Files.readString(file));
            return Optional.of(new Manifest(
                    json.required("name").stringValue(),
                    json.required("digest").stringValue(),
                    text(json, "system"),
                    text(json, "license"),
                    OptionsJson.options(json.path("parameters"))));
        } catch (IOException | JacksonException | OpenClawException e) {
            LOG.warn("event=manifest_unusable file={} cause={}", file, e.toString());
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return json.has(field) ? Optional.of(json.path(field).stringValue()) : Optional.empty();
    }

    /** Names hold characters that file names may not and can be too long for one. */
    private Path file(String name) {
        return directory.resolve(Digests.sha256(name) + ".json");
    }
}
