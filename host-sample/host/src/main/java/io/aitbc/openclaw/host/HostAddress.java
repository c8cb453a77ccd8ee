package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the host of a data directory can be reached, in a file for commands that want to talk to it. */
public final class HostAddress implements AutoCloseable {
    private static final String FILE = "host.url";
    private static final long LONGEST = 1000;

    private final Path file;

    private HostAddress(Path file) {
        this.file = file;
    }

    static HostAddress write(Path dataDirectory, URI url) {
        Path file = dataDirectory.resolve(FILE);
        try {
            Files.writeString(file, url + "\n");
            return new HostAddress(file);
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s cannot be written (%s); choose another folder with --data"
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** Of the host that runs with a data directory now. */
    public static Optional<URI> ofRunning(Path dataDirectory) {
        // One that was killed leaves its address behind, and another program may have its port by now.
        return DataDirectory.isHeld(dataDirectory) ? read(dataDirectory.resolve(FILE)) : Optional.empty();
    }

    private static Optional<URI> read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            return Optional.of(
                    URI.create(Files.readString(file, StandardCharsets.UTF_8).strip()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OpenClawException(ErrorCode.INTERNAL, "%s was not deleted".formatted(file), e);
        }
    }
}
