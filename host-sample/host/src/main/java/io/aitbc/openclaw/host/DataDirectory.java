package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.HeldFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The host's own folder, held by one host at a time: two that share a ledger would both spend its budget. */
final class DataDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private static final String LOCK = "host.lock";

    private final Path folder;
    private final HeldFile lock;

    private DataDirectory(Path folder, HeldFile lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Creates the folder when it is missing, and locks it.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when it cannot be written or another host holds it
     */
    static DataDirectory lock(Path folder) {
        try {
            create(folder);
            Path file = folder.resolve(LOCK);
            HeldFile lock = HeldFile.of(file)
                    .orElseThrow(() -> new OpenClawException(
                            ErrorCode.INVALID_CONFIG,
                            "The data directory %s is used by another host%s; stop that one, or choose another with --data"
                                    .formatted(folder, holder(file))));
            return locked(folder, lock);
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "The data directory %s cannot be used (%s); choose another with --data"
                            .formatted(folder, FailureReason.of(e)),
                    e);
        }
    }

    private static DataDirectory locked(Path folder, HeldFile lock) throws IOException {
        try {
            HostAddress.forget(folder);
            Files.writeString(
                    HeldFile.guard(folder.resolve(LOCK)),
                    Long.toString(ProcessHandle.current().pid()),
                    StandardCharsets.US_ASCII);
            return new DataDirectory(folder, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a host, this process or another, holds the folder. */
    static boolean isHeld(Path folder) {
        Path file = folder.resolve(LOCK);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            Optional<HeldFile> lock = HeldFile.of(file);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INTERNAL, "The lock of the data directory %s was not released".formatted(folder), e);
        }
    }

    private static String holder(Path file) {
        try (InputStream guard = Files.newInputStream(HeldFile.guard(file))) {
            String pid = new String(guard.readNBytes(20), StandardCharsets.US_ASCII);
            return pid.matches("\\d+") ? " (process " + pid + ")" : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        @Nullable Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (Files.getFileStore(parent == null ? folder : parent).supportsFileAttributeView("posix")) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectory(folder);
        }
    }
}
