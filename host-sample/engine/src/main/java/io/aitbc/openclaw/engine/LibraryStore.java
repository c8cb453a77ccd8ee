package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Manages the operator's models: names are manifests, files lie under their digests. */
final class LibraryStore implements ModelStore {
    private static final Pattern DIGEST = Pattern.compile("sha256[:-]([0-9a-fA-F]{64})");
    private static final long MOST_BLOB_BYTES = 64L << 30;

    private final ModelLibrary library;
    private final ResidentModels residents;

    LibraryStore(ModelLibrary library, ResidentModels residents) {
        this.library = library;
        this.residents = residents;
    }

    /** There is no registry to fetch from: succeeds only for a model that is here already. */
    @Override
    public void pull(String model, boolean insecure, Consumer<Progress> progress) {
        parse(model);
        if (library.find(model).isEmpty()) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED,
                    "the embedded engine has no registry to pull '%s' from; put its .gguf file into %s"
                            .formatted(model, library.directory()));
        }
        progress.accept(Progress.of("pulling manifest"));
        progress.accept(Progress.of("success"));
    }

    @Override
    public void delete(String model) {
        if (ModelName.parse(model).isEmpty()) {
            throw invalid("name \"%s\" is invalid".formatted(model));
        }
        StoredModel stored = library.find(model)
                .orElseThrow(() ->
                        new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(model)));
        if (ModelLibrary.isBundled(stored.name())) {
            throw invalid("model '%s' is part of the embedded engine and cannot be deleted".formatted(model));
        }
        boolean bundledFile = library.isBundledFile(stored.file());
        boolean named = library.manifests().delete(stored.name());
        boolean shared =
                library.models().stream().anyMatch(other -> other.file().equals(stored.file()));
        if (bundledFile || (named && shared)) {
            return;
        }
        residents.unload(stored.file());
        try {
            Files.deleteIfExists(stored.file());
        } catch (IOException e) {
            throw storage(e);
        }
    }

    @Override
    public void copy(String source, String destination) {
        if (ModelName.parse(source).isEmpty()) {
            throw invalid("source \"%s\" is invalid".formatted(source));
        }
        ModelName target = ModelName.parse(destination)
                .orElseThrow(() -> invalid("destination \"%s\" is invalid".formatted(destination)));
        StoredModel stored = library.find(source)
                .orElseThrow(() ->
                        new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model \"%s\" not found".formatted(source)));
        refuseTaken(target);
        library.manifests()
                .write(new Manifest(
                        target.text(), keep(stored), stored.system(), stored.license(), stored.parameters()));
    }

    @Override
    public void create(String model, String json, Consumer<Progress> progress) {
        ModelName name = parse(model);
        refuseTaken(name);
        CreateRequest request = CreateRequest.parse(json);
        Manifest manifest =
                request.from().isPresent() ? fromModel(name, request, progress) : fromBlob(name, request, progress);
        progress.accept(Progress.of("writing manifest"));
        library.manifests().write(manifest);
        progress.accept(Progress.of("success"));
    }

    private Manifest fromModel(ModelName name, CreateRequest request, Consumer<Progress> progress) {
        String from = request.from().orElseThrow();
        StoredModel base = library.find(from)
                .orElseThrow(
                        () -> new OpenClawException(ErrorCode.MODEL_NOT_FOUND, "model '%s' not found".formatted(from)));
        String digest = keep(base);
        progress.accept(Progress.of("using existing layer sha256:" + digest));
        return new Manifest(
                name.text(),
                digest,
                request.system().or(base::system),
                request.license().or(base::license),
                request.parametersOver(base.parameters()));
    }

    private Manifest fromBlob(ModelName name, CreateRequest request, Consumer<Progress> progress) {
        String digest =
                digest(request.fileDigest().orElseThrow(() -> invalid("neither 'from' or 'files' was specified")));
        Path blob = library.byDigest(digest)
                .orElseThrow(() -> invalid("there is no blob sha256:%s; upload it first".formatted(digest)));
        progress.accept(Progress.of("parsing GGUF"));
        library.check(blob);
        progress.accept(Progress.of("using existing layer sha256:" + digest));
        return new Manifest(name.text(), digest, request.system(), request.license(), request.parameters());
    }

    @Override
    public boolean hasBlob(String digest) {
        return library.byDigest(digest(digest)).isPresent();
    }

    @Override
    public boolean putBlob(String digest, InputStream body) {
        String wanted = digest(digest);
        if (library.byDigest(wanted).isPresent()) {
            return false;
        }
        Path blob = library.blob(wanted);
        try {
            Files.createDirectories(blob.getParent());
            Path fresh = Files.createTempFile(blob.getParent(), "upload-", ".part");
            try {
                String actual = receive(body, fresh);
                if (!actual.equals(wanted)) {
                    throw invalid(
                            "digest mismatch, expected \"sha256:%s\", got \"sha256:%s\"".formatted(wanted, actual));
                }
                Files.move(fresh, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw storage(e);
        }
        return true;
    }

    private static String receive(InputStream body, Path file) throws IOException {
        MessageDigest digest = Digests.create();
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                total += read;
                if (total > MOST_BLOB_BYTES) {
                    throw invalid("a blob may have at most %d GiB".formatted(MOST_BLOB_BYTES >> 30));
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return Digests.hex(digest);
    }

    /** The digest of a model's file, which from now on lies among the blobs: the operator may take his own file away. */
    private String keep(StoredModel stored) {
        try {
            String digest = stored.digest().isPresent() ? stored.digest().get() : Digests.sha256(stored.file());
            if (library.byDigest(digest).isEmpty()) {
                Path blob = library.blob(digest);
                Files.createDirectories(blob.getParent());
                Path fresh = blob.resolveSibling(blob.getFileName() + ".part");
                Files.copy(stored.file(), fresh, StandardCopyOption.REPLACE_EXISTING);
                Files.move(fresh, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return digest;
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private void refuseTaken(ModelName name) {
        Optional<StoredModel> there = library.find(name.text());
        if (there.isPresent() && library.manifests().find(name.text()).isEmpty()) {
            throw invalid("the name '%s' belongs to a model file and cannot be replaced".formatted(name));
        }
    }

    private static ModelName parse(String model) {
        return ModelName.parse(model).orElseThrow(() -> invalid("invalid model name"));
    }

    private static String digest(String text) {
        java.util.regex.Matcher matcher = DIGEST.matcher(text);
        if (!matcher.matches()) {
            throw invalid("invalid digest format");
        }
        return matcher.group(1).toLowerCase(java.util.Locale.ROOT);
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_REQUEST, message);
    }

    private OpenClawException storage(IOException cause) {
        return new OpenClawException(
                ErrorCode.INTERNAL,
                "cannot store models in %s: %s".formatted(library.directory(), FailureReason.of(cause)),
                cause);
    }
}
