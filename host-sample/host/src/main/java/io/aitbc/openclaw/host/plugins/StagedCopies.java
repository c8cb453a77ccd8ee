package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.HeldFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The staged copies in {@code generations/}, held by one host at a time, and the end of those that nothing uses any more. A copy
 * is first renamed, which is one step, and then deleted: a host that dies in between leaves no half of a copy under a name that
 * counts, and the next one deletes the rest.
 */
final class StagedCopies implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StagedCopies.class);
    private static final String OLD = ".old-";
    private static final Pattern COPY = Pattern.compile("[0-9a-f]{64}");

    private final Path generations;
    private final HeldFile held;

    private StagedCopies(Path generations, HeldFile held) {
        this.generations = generations;
        this.held = held;
    }

    /** @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when it cannot be written or another host holds it */
    static StagedCopies lock(Path generations) {
        try {
            Files.createDirectories(generations);
            HeldFile held = HeldFile.of(generations.resolve(".lock"))
                    .orElseThrow(() -> new OpenClawException(
                            ErrorCode.INVALID_CONFIG,
                            "%s is used by another host; stop that one, or choose another data directory"
                                    .formatted(generations)));
            return new StagedCopies(generations, held);
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s cannot be used (%s); choose another data directory".formatted(generations, FailureReason.of(e)),
                    e);
        }
    }

    /**
     * Takes all copies away but those that are used, and what a host that died left. Nothing must be staged meanwhile.
     *
     * @param used SHA-256 of the sources
     * @return what can be {@link #delete deleted} at leisure
     */
    List<Path> putAside(Set<String> used) {
        List<Path> aside = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(generations)) {
            for (Path each : all) {
                String name = String.valueOf(each.getFileName());
                if (name.startsWith(OLD) || name.startsWith(PluginStore.DRAFT)) {
                    aside.add(each);
                } else if (COPY.matcher(name).matches() && !used.contains(name)) {
                    aside.add(Files.move(each, each.resolveSibling(OLD + name), StandardCopyOption.ATOMIC_MOVE));
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            LOG.atWarn()
                    .addKeyValue("folder", generations)
                    .log("copies of old plugins stay on disk: {}", FailureReason.of(e));
        }
        return aside;
    }

    static void delete(List<Path> aside) {
        for (Path each : aside) {
            try {
                GenerationFolder.delete(each);
            } catch (IOException | java.io.UncheckedIOException e) {
                LOG.atWarn()
                        .addKeyValue("folder", each)
                        .log("the copy of an old plugin stays on disk: {}", FailureReason.of(e));
            }
        }
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("folder", generations).log("its lock was not released: {}", FailureReason.of(e));
        }
    }
}
