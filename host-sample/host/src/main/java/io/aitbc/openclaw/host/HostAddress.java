package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the host of a data directory can be reached, in a file for commands that want to talk to it. */
public final class HostAddress implements AutoCloseable {
    private static final String FILE = "host.url";
    private static final long LONGEST = 1000;

    /**
     * A host that runs.
     *
     * @param instance what it says of itself at {@code GET /api/v1/openclaw/host}; empty when it did not write that down
     */
    public record Running(URI url, String instance) {}

    private final Path file;

    private HostAddress(Path file) {
        this.file = file;
    }

    /** @param instance of this start alone */
    static HostAddress write(Path dataDirectory, URI url, String instance) {
        Path file = dataDirectory.resolve(FILE);
        try {
            Files.writeString(file, url + "\n" + instance + "\n");
            return new HostAddress(file);
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s cannot be written (%s); choose another folder with --data"
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** Of what listens there. */
    public static URI url(String host, int port) {
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + authority + ":" + port);
    }

    /**
     * Of the host that runs with a data directory now.
     *
     * @throws OpenClawException with INVALID_CONFIG when only somebody else may know
     */
    public static Optional<Running> ofRunning(Path dataDirectory) {
        if (Files.isDirectory(dataDirectory) && !Files.isWritable(dataDirectory)) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "The data directory %s cannot be used by '%s': run this as who runs the host, or choose another folder with --data"
                            .formatted(dataDirectory, System.getProperty("user.name")));
        }
        // One that was killed leaves its address behind, and another program may have its port by now.
        return DataDirectory.isHeld(dataDirectory) ? read(dataDirectory.resolve(FILE)) : Optional.empty();
    }

    /** What one that was killed left: whoever looks while the next one starts would take it for that one's. */
    static void forget(Path dataDirectory) throws IOException {
        Files.deleteIfExists(dataDirectory.resolve(FILE));
    }

    private static Optional<Running> read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Running(
                    URI.create(lines.getFirst().strip()),
                    lines.size() > 1 ? lines.get(1).strip() : ""));
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
