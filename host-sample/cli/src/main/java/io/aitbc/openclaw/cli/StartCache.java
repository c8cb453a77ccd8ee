package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    /** How such a file begins, in the byte order of the machine. Without it HotSpot takes the JDK's own archive and says the same. */
    private static final int MAGIC = 0xf00baba2;

    private final Optional<Path> file;
    private final boolean taken;

    StartCache(Optional<Path> file, String vmInfo) {
        this.file = file;
        this.taken =
                vmInfo.contains(TAKEN) && file.filter(StartCache::isArchive).isPresent();
    }

    static StartCache ofThisProcess() {
        return new StartCache(
                Optional.ofNullable(System.getProperty("openclaw.start-cache")).map(Path::of),
                System.getProperty("java.vm.info", ""));
    }

    private static boolean isArchive(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(Integer.BYTES);
            return head.length == Integer.BYTES
                    && ByteBuffer.wrap(head).order(ByteOrder.nativeOrder()).getInt() == MAGIC;
        } catch (IOException e) {
            return false;
        }
    }

    /** Deletes one that is of no use any more, so that the next start records anew. */
    void discardStale() {
        if (file.isEmpty() || taken) {
            return;
        }
        try {
            Files.deleteIfExists(file.get());
            LOG.atInfo()
                    .addKeyValue("file", file.get())
                    .log("The recorded start was damaged or of other jars and is deleted");
        } catch (IOException e) {
            LOG.atInfo()
                    .addKeyValue("file", file.get())
                    .log(
                            "The recorded start is damaged or of other jars and cannot be deleted: {}",
                            FailureReason.of(e));
        }
    }

    Check check() {
        if (taken) {
            return Check.ok("start", "prepared, with " + file.orElseThrow());
        }
        return Check.ok(
                "start",
                file.map(it -> "not prepared: %s is damaged, or of other jars or another JVM".formatted(it))
                        .orElse("not prepared; the first `serve` of an installation does it in the background"));
    }
}
