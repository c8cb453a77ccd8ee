package io.aitbc.openclaw.host.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporary folders whose names tell which process made them, so that those of processes that were killed can be deleted. */
public final class ScratchFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);
    private static final Pattern NAME = Pattern.compile("openclaw-[a-z-]+-(\\d+)-\\d+");
    /** Where processes with numbers of their own share a folder, a number alone does not tell that one is dead. */
    private static final Duration OLD = Duration.ofHours(1);

    private ScratchFolder() {}

    /** @param purpose lower-case letters and hyphens */
    public static Path create(String purpose) throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")), purpose, InstantSource.system());
    }

    static Path create(Path parent, String purpose, InstantSource clock) throws IOException {
        sweep(parent, clock.instant().minus(OLD));
        return Files.createTempDirectory(
                parent,
                "openclaw-%s-%d-".formatted(purpose, ProcessHandle.current().pid()));
    }

    private static void sweep(Path parent, Instant before) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, "openclaw-*")) {
            for (Path folder : found) {
                if (isLeft(folder, before)) {
                    deleteLeft(folder);
                }
            }
        }
    }

    private static boolean isLeft(Path folder, Instant before) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
        if (!name.matches() || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(before);
        } catch (NumberFormatException e) {
            return false; // no process has such a number
        }
    }

    private static void deleteLeft(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("folder", folder).log("somebody else's, or going already: {}", e.getMessage());
        }
    }

    /** With all that is in it. */
    public static void delete(Path folder) throws IOException {
        Path _ = Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
