package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files of other people, which are read whole and may not be of any size. */
final class SmallFile {
    private SmallFile() {}

    /** @param what it is, for error texts */
    static String read(Path file, int mostBytes, String what) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new CommandFailure(
                        ExitCode.FAILED, "%s is larger than a %s may be (%,d bytes)".formatted(file, what, mostBytes));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be read: %s".formatted(file, FailureReason.of(e)));
        }
    }

    /** A new file only its owner may read, where the file system can say that: for what holds somebody's words. */
    static void writePrivately(Path file, String text) {
        try {
            if (Files.notExists(file)
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Path _ = Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be written: %s".formatted(file, FailureReason.of(e)));
        }
        write(file, text);
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be written: %s".formatted(file, FailureReason.of(e)));
        }
    }
}
