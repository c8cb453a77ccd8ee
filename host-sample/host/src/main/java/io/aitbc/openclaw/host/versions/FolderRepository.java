package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A folder. Links in it are not followed: they could lead anywhere. */
final class FolderRepository implements PluginRepository {
    private final Path folder;

    FolderRepository(Path folder) {
        this.folder = folder;
    }

    @Override
    public RepositoryIndex index() {
        Path file = regular(RepositoryIndex.FILE);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(RepositoryIndex.LARGEST + 1);
            if (bytes.length > RepositoryIndex.LARGEST) {
                throw unreachable(RepositoryIndex.FILE, "is larger than " + RepositoryIndex.LARGEST + " bytes");
            }
            return RepositoryIndex.read(bytes, file.toString());
        } catch (IOException e) {
            throw unreachable(RepositoryIndex.FILE, "cannot be read: " + FailureReason.of(e));
        }
    }

    @Override
    public void fetch(String name, long most, Path target) {
        try (InputStream in = Files.newInputStream(regular(name));
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[64 << 10];
            long total = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > most) {
                    throw unreachable(name, "is larger than the index says");
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            throw unreachable(name, "cannot be copied: " + FailureReason.of(e));
        }
    }

    private Path regular(String name) {
        Path file = folder.resolve(name);
        if (!folder.equals(file.normalize().getParent()) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw unreachable(name, "is no file in it");
        }
        return file;
    }

    private OpenClawException unreachable(String name, String why) {
        return new OpenClawException(
                ErrorCode.UNREACHABLE,
                "The repository %s cannot be used: %s %s".formatted(folder, Texts.oneLine(name), why));
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public void close() {}
}
