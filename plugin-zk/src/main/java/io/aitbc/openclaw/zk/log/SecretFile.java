package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** A secret of 32 bytes in a file that only its owner can read, as 64 hexadecimal digits. */
public final class SecretFile {
    static final int BYTES = 32;

    private SecretFile() {}

    /**
     * The secret in this file; one is made when there is none.
     *
     * @throws IOException when it cannot be read or is no secret
     */
    public static byte[] in(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            create(file, random);
        }
        if (Files.size(file) > 128) {
            throw new IOException("%s is not a key: it is too large".formatted(file));
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IOException("%s is not a key: it must have 64 hexadecimal digits".formatted(file));
        }
        return HexFormat.of().parseHex(text);
    }

    /** Whole or not at all: half a key would be none for ever. Never in the place of another's: who comes second takes the first one's. */
    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        byte[] text = (HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.US_ASCII);
        LogDisk disk = new LogDisk();
        Path draft = file.resolveSibling("%s.%s.new".formatted(file.getFileName(), UUID.randomUUID()));
        try {
            try (FileChannel channel = disk.create(draft)) {
                ByteBuffer buffer = ByteBuffer.wrap(text);
                while (buffer.hasRemaining()) {
                    int _ = channel.write(buffer);
                }
                channel.force(true);
            }
            place(draft, file);
            disk.syncFolderOf(file);
        } finally {
            boolean _ = Files.deleteIfExists(draft);
        }
    }

    /** A link, unlike a move, never takes the place of a file. */
    private static void place(Path draft, Path file) throws IOException {
        try {
            link(draft, file);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was faster, and that key counts.
        }
    }

    private static void link(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(draft, file);
        }
    }

    static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        boolean posix = folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
