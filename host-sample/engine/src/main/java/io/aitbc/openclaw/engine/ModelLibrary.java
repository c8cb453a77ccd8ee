package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.engine.gguf.GgufFile;
import io.aitbc.openclaw.engine.gguf.GgufHeader;
import io.aitbc.openclaw.engine.gguf.MalformedGgufException;
import io.aitbc.openclaw.engine.model.LlamaShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models there are: those in this jar, the files the operator added, and those made from them. */
final class ModelLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLibrary.class);
    private static final long MOST_BYTES_TO_HASH = 256L << 20;
    static final String BUNDLED_LICENSE = """
            Wren Tiny is a demonstration model of 2.8 million parameters, trained for this project. It shows that every path works \
            on a bare machine; it is not a useful assistant, and what it says is often wrong.
            Weights: Apache-2.0, as the rest of the project. Training text: written by the project's own templates, and the King James Bible of 1611 (public \
            domain; in the United Kingdom printing it is subject to Crown letters patent).
            """;

    private final Path bundledDirectory;
    private final Path directory;
    private final Manifests manifests;
    private final Map<String, Path> unpacked = new ConcurrentHashMap<>();
    private final Map<Path, Inspected> inspected = new ConcurrentHashMap<>();

    /** What was found in a file when it had this size and age. */
    private record Inspected(
            long bytes, Instant modified, Optional<GgufHeader> header, Optional<String> problem, String digest) {}

    ModelLibrary(Path bundledDirectory, Path directory) {
        this.bundledDirectory = bundledDirectory;
        this.directory = directory;
        this.manifests = new Manifests(directory.resolve("manifests"));
    }

    Path directory() {
        return directory;
    }

    Manifests manifests() {
        return manifests;
    }

    /** Bundled models first, then the operator's by name. Files that cannot be used are left out and logged. */
    List<StoredModel> models() {
        Map<String, StoredModel> models = new LinkedHashMap<>();
        for (BundledModel bundled : BundledModel.ALL) {
            models.put(bundled.name(), stored(bundled));
        }
        for (Path file : files()) {
            read(file, nameOf(file), Manifest.empty(), Optional.empty())
                    .ifPresent(model -> models.putIfAbsent(model.name(), model));
        }
        for (Manifest manifest : manifests.all()) {
            resolve(manifest).ifPresent(model -> models.putIfAbsent(model.name(), model));
        }
        return List.copyOf(models.values());
    }

    Optional<StoredModel> find(String name) {
        Optional<ModelName> wanted = ModelName.parse(name);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        String text = wanted.get().text();
        for (BundledModel bundled : BundledModel.ALL) {
            if (bundled.name().equals(text)) {
                return Optional.of(stored(bundled));
            }
        }
        return models().stream().filter(model -> model.name().equals(text)).findFirst();
    }

    /** The problem of the operator's file that would have this name, when it has one. */
    Optional<String> problem(String name) {
        Optional<String> wanted = ModelName.parse(name).map(ModelName::text);
        return files().stream()
                .filter(file -> wanted.equals(nameOf(file)))
                .findFirst()
                .map(inspected::get)
                .flatMap(Inspected::problem);
    }

    static boolean isBundled(String name) {
        return BundledModel.ALL.stream().anyMatch(bundled -> bundled.name().equals(name));
    }

    /** The file with this digest, among the bundled ones and the blobs. */
    Optional<Path> byDigest(String digest) {
        for (BundledModel bundled : BundledModel.ALL) {
            if (bundled.digest().equals(digest)) {
                return Optional.of(unpack(bundled));
            }
        }
        Path blob = blob(digest);
        return Files.isRegularFile(blob) ? Optional.of(blob) : Optional.empty();
    }

    boolean isBundledFile(Path file) {
        return file.startsWith(bundledDirectory);
    }

    /** @throws OpenClawException INVALID_REQUEST when the file is none this engine can use */
    void check(Path file) {
        inspect(file, Optional.empty()).problem().ifPresent(problem -> {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, problem);
        });
    }

    Path blob(String digest) {
        return directory.resolve("blobs").resolve("sha256-" + digest);
    }

    private Optional<StoredModel> resolve(Manifest manifest) {
        return byDigest(manifest.digest())
                .flatMap(file -> read(file, Optional.of(manifest.name()), manifest, Optional.of(manifest.digest())));
    }

    private StoredModel stored(BundledModel bundled) {
        Path file = unpack(bundled);
        Manifest about = new Manifest(
                bundled.name(),
                bundled.digest(),
                Optional.empty(),
                Optional.of(BUNDLED_LICENSE),
                GenerationOptions.none());
        return read(file, Optional.of(bundled.name()), about, Optional.of(bundled.digest()))
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.INTERNAL, "the bundled model %s cannot be read".formatted(bundled.name())));
    }

    private Path unpack(BundledModel bundled) {
        return unpacked.computeIfAbsent(bundled.digest(), digest -> {
            try {
                return bundled.unpack(bundledDirectory);
            } catch (IOException e) {
                throw new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        "cannot unpack the bundled model to %s: %s".formatted(bundledDirectory, FailureReason.of(e)),
                        e);
            }
        });
    }

    /** Makes sure that the file is what it should be, where that is known, before it is loaded. */
    void verify(Path file) throws IOException {
        for (BundledModel bundled : BundledModel.ALL) {
            if (file.equals(unpacked.get(bundled.digest()))) {
                bundled.unpack(bundledDirectory);
            }
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> entry.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".gguf"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.warn("event=model_directory_unreadable directory={} cause={}", directory, e.toString());
            return List.of();
        }
    }

    /** {@code SmolLM2-135M-Q8_0.gguf} is {@code smollm2-135m-q8_0:latest}. */
    private static Optional<String> nameOf(Path file) {
        String name = file.getFileName().toString();
        return ModelName.parse(name.substring(0, name.length() - ".gguf".length()))
                .map(ModelName::text);
    }

    private Optional<StoredModel> read(
            Path file, Optional<String> name, Manifest manifest, Optional<String> knownDigest) {
        Inspected found = inspect(file, knownDigest);
        if (name.isEmpty() || found.header().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StoredModel(
                name.get(),
                file,
                found.header().get(),
                Optional.of(found.digest()).filter(digest -> !digest.isEmpty()),
                found.bytes(),
                found.modified(),
                manifest.system(),
                manifest.license().or(() -> found.header().get().metadata().text("general.license")),
                manifest.parameters()));
    }

    private Inspected inspect(Path file, Optional<String> knownDigest) {
        try {
            long bytes = Files.size(file);
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            Inspected before = inspected.get(file);
            if (before != null && before.bytes() == bytes && before.modified().equals(modified)) {
                return before;
            }
            Inspected now = inspect(file, bytes, modified, knownDigest);
            now.problem().ifPresent(problem -> LOG.warn("event=model_unusable cause=\"{}\"", problem));
            inspected.put(file, now);
            return now;
        } catch (IOException e) {
            LOG.warn("event=model_unreadable file={} cause={}", file, e.toString());
            return new Inspected(
                    0,
                    Instant.EPOCH,
                    Optional.empty(),
                    Optional.of(file.getFileName() + ": " + FailureReason.of(e)),
                    "");
        }
    }

    private static Inspected inspect(Path file, long bytes, Instant modified, Optional<String> knownDigest)
            throws IOException {
        try {
            GgufHeader header = GgufFile.header(file);
            LlamaShape.of(header.metadata());
            String digest = "";
            if (knownDigest.isPresent()) {
                digest = knownDigest.get();
            } else if (bytes <= MOST_BYTES_TO_HASH) {
                digest = Digests.sha256(file);
            }
            return new Inspected(bytes, modified, Optional.of(header), Optional.empty(), digest);
        } catch (MalformedGgufException e) {
            return new Inspected(bytes, modified, Optional.empty(), Optional.of(String.valueOf(e.getMessage())), "");
        }
    }
}
