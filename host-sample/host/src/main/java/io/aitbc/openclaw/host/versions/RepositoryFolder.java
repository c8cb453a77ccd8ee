package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.plugins.PluginFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a repository of a folder with plugins. */
public final class RepositoryFolder {
    private RepositoryFolder() {}

    /**
     * Writes the index of all plugins in a folder; signatures lie beside them as {@code FILE.sig}.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} when one of the files could not be offered
     */
    public static RepositoryIndex index(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*.{jar,zip}")) {
            List<Release> releases = new ArrayList<>();
            for (Path file : files) {
                releases.add(release(file));
            }
            RepositoryIndex index = new RepositoryIndex(releases);
            Path target = folder.resolve(RepositoryIndex.FILE);
            // What nobody could read must not be published.
            RepositoryIndex _ = RepositoryIndex.read(index.bytes(), target.toString());
            DurableFiles.write(target, index.bytes());
            return index;
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "%s cannot be indexed: %s".formatted(folder, FailureReason.of(e)), e);
        }
    }

    /**
     * Copies a plugin, and the signature beside it, into a folder as {@code ID-VERSION} with its ending. What is published stays:
     * another file for a version that is there already is refused.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} when it cannot be offered
     */
    public static void add(Path folder, Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".jar") && !name.endsWith(".zip")) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "%s cannot be added: its name has to end with .jar or .zip".formatted(file));
        }
        PluginFile read = PluginFile.read(file);
        Path target = folder.resolve(read.id() + "-" + read.version() + name.substring(name.lastIndexOf('.')));
        try {
            if (Files.exists(target) && !PluginFile.sha256(target).equals(read.sha256())) {
                throw new OpenClawException(
                        ErrorCode.INVALID_REQUEST,
                        "%s is there already with other contents; a change needs a new version".formatted(target));
            }
            new PlacedFile(file).copyTo(target);
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "%s cannot be added: %s".formatted(file, FailureReason.of(e)), e);
        }
    }

    private static Release release(Path file) {
        PluginFile read = PluginFile.read(file);
        String name = file.getFileName().toString();
        String signature = name + Release.SIGNATURE_ENDING;
        try {
            return new Release(
                    read.id(),
                    read.version(),
                    read.requires(),
                    name,
                    read.size(),
                    read.sha256(),
                    Files.isRegularFile(file.resolveSibling(signature)) ? Optional.of(signature) : Optional.empty(),
                    read.permissions(),
                    read.description());
        } catch (IllegalArgumentException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "%s cannot be offered: %s".formatted(name, e.getMessage()), e);
        }
    }
}
