package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.files.ScratchFolder;
import io.aitbc.openclaw.host.plugins.PluginFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches what a repository offers, and looks at it from outside: nothing of it runs. */
final class CandidateFetch {
    private static final long LARGEST_SIGNATURE = 64 << 10;

    private final PluginRepository repository;
    private final SignatureCheck signatures;
    private final Path folder;

    /** @param folder for what is fetched */
    CandidateFetch(PluginRepository repository, SignatureCheck signatures, Path folder) {
        this.repository = repository;
        this.signatures = signatures;
        this.folder = folder;
    }

    /** Takes away what was fetched; nobody else uses the folder meanwhile. */
    void sweep() throws IOException {
        if (Files.isDirectory(folder)) {
            ScratchFolder.delete(folder);
        }
    }

    /** @return the file, with its signature beside it when it has one */
    Path fetch(Release release, Consumer<String> progress) throws IOException, StepFailure {
        progress.accept("fetching %s %s".formatted(release.id(), release.version()));
        Path file = DurableFiles.folder(folder).resolve(release.file());
        repository.fetch(release.file(), release.size(), file);
        // Before anything in it is looked at.
        if (Files.size(file) != release.size() || !PluginFile.sha256(file).equals(release.sha256())) {
            Files.delete(file);
            throw new StepFailure(
                    "%s is not the file the index describes: its size or SHA-256 differs".formatted(release.file()));
        }
        if (release.signature().isPresent()) {
            repository.fetch(release.signature().get(), LARGEST_SIGNATURE, PlacedFile.signature(file));
        } else {
            boolean _ = Files.deleteIfExists(PlacedFile.signature(file)); // of an earlier try
        }
        PluginFile read = PluginFile.read(file);
        requireAsOffered(file, read, release);
        checkSignature(file, read, progress);
        return file;
    }

    private static void requireAsOffered(Path file, PluginFile read, Release release) throws IOException, StepFailure {
        boolean asOffered = read.id().equals(release.id())
                && read.version().equals(release.version())
                && read.requires().equals(release.requires())
                && read.permissions().equals(release.permissions());
        if (!asOffered) {
            Files.delete(file);
            throw new StepFailure(
                    "%s calls itself %s %s for API %s with permissions %s, which is not what the index says"
                            .formatted(
                                    release.file(),
                                    read.id(),
                                    Texts.oneLine(read.version()),
                                    read.requires().orElse("*"),
                                    Texts.oneLine(read.permissions().toString())));
        }
    }

    private void checkSignature(Path file, PluginFile read, Consumer<String> progress) throws StepFailure {
        Optional<String> problem = signatures.problem(file, read);
        if (problem.isPresent() && signatures.required()) {
            throw new StepFailure("%s is not used: %s".formatted(file.getFileName(), problem.get()));
        }
        problem.ifPresent(
                text -> progress.accept("warning: %s is used although %s".formatted(file.getFileName(), text)));
    }
}
