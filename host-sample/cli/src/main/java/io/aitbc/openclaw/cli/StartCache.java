package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recorded start that the launcher handed to the JVM. The JVM takes none that was made with other jars or another JVM. */
final class StartCache {
    private static final Logger LOG = LoggerFactory.getLogger(StartCache.class);
    /** What HotSpot says of itself when it took classes from an archive. */
    private static final String TAKEN = "sharing";

    private final Optional<Path> file;
    private final boolean taken;

    StartCache(Optional<Path> file, String vmInfo) {
        this.file = file;
        this.taken = file.isPresent() && vmInfo.contains(TAKEN);
    }

    static StartCache ofThisProcess() {
        return new StartCache(
                Optional.ofNullable(System.getProperty("openclaw.start-cache")).map(Path::of),
                System.getProperty("java.vm.info", ""));
    }

    /** Deletes one that is of no use any more, so that the next start records anew. */
    void discardStale() {
        if (file.isEmpty() || taken) {
            return;
        }
        try {
            Files.deleteIfExists(file.get());
            LOG.atInfo().addKeyValue("file", file.get()).log("The recorded start was of other jars and is deleted");
        } catch (IOException e) {
            LOG.atInfo()
                    .addKeyValue("file", file.get())
                    .log("The recorded start is of other jars and cannot be deleted: {}", FailureReason.of(e));
        }
    }

    Check check() {
        if (taken) {
            return Check.ok("start", "prepared, with " + file.orElseThrow());
        }
        return Check.ok(
                "start",
                file.map(it -> "not prepared: %s is of other jars or another JVM".formatted(it))
                        .orElse("not prepared; the first `serve` of an installation does it in the background"));
    }
}
