package io.aitbc.openclaw.host.plugins;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Opens zips whose list of entries fits into memory: {@link ZipFile} reads all of it before anybody can count. */
final class BoundedZip {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int ENTRIES_AT = 10;
    private static final int DIRECTORY_LENGTH_AT = 12;
    /** The end record lies within the last 64 KiB and a little; readers differ in how much they look at. */
    private static final int TAIL = 128 << 10;

    private BoundedZip() {}

    static ZipFile open(Path file, ArchiveLimits limits) throws IOException, PluginLoadException {
        ByteBuffer tail = tail(file);
        // Readers may disagree which of several end records counts, so none may claim too much. A record that holds
        // only ones, as its 32 bits are too few, claims too much here as well.
        for (int at = 0; at + END_LENGTH <= tail.limit(); at++) {
            if (tail.getInt(at) == END_SIGNATURE) {
                int entries = Short.toUnsignedInt(tail.getShort(at + ENTRIES_AT));
                long length = Integer.toUnsignedLong(tail.getInt(at + DIRECTORY_LENGTH_AT));
                limits.checkDirectory(entries, length);
            }
        }
        return new ZipFile(file.toFile());
    }

    private static ByteBuffer tail(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
            long from = size - tail.capacity();
            while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {}
            return tail.flip();
        }
    }
}
