package io.aitbc.openclaw.zk.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How an entry lies in the file: a head of six 32-bit numbers (a mark; length of the leaf, of the document, of the keys; checksum of all
 * that but the document; checksum of the document) and a 64-bit one, then keys, leaf and document.
 *
 * @param synced how much of the file was on disk when this was written
 */
record Frame(
        int mark, int leafLength, int documentLength, int keysLength, int checksum, int documentChecksum, long synced) {
    static final int HEAD = 32;
    static final int MOST_LEAF = 64 << 10;
    static final int MOST_DOCUMENT = 32 << 20;
    static final int MOST_KEYS = 4096;

    /** Its first byte is in no text in UTF-8, so it stands in no key, leaf or document. */
    private static final int MARK = 0xFE4C4731;

    private static final int CHECKSUM = 16;
    private static final int SYNCED = 24;

    /** To be {@link #seal sealed}. */
    static byte[] write(List<String> keys, byte[] leaf, byte[] document) {
        byte[] keyBytes = String.join("\n", keys).getBytes(StandardCharsets.UTF_8);
        if (leaf.length > MOST_LEAF || document.length > MOST_DOCUMENT || keyBytes.length > MOST_KEYS) {
            throw new IllegalArgumentException(
                    "an entry of the log has at most %d bytes of leaf, %d of document and %d of keys"
                            .formatted(MOST_LEAF, MOST_DOCUMENT, MOST_KEYS));
        }
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + keyBytes.length + leaf.length + document.length);
        buffer.putInt(MARK).putInt(leaf.length).putInt(document.length).putInt(keyBytes.length);
        buffer.putInt(0).putInt(checksum(document, 0, document.length)).putLong(0);
        buffer.put(keyBytes).put(leaf).put(document);
        seal(buffer.array(), 0);
        return buffer.array();
    }

    /** @param synced how much of the file is on disk */
    static void seal(byte[] frame, long synced) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        buffer.putLong(SYNCED, synced);
        Frame head = of(buffer);
        buffer.putInt(CHECKSUM, headChecksum(frame, head.keysLength + head.leafLength));
    }

    /** @param bytes of which the first {@link #HEAD} are the head */
    static Frame of(ByteBuffer bytes) {
        return new Frame(
                bytes.getInt(0),
                bytes.getInt(4),
                bytes.getInt(8),
                bytes.getInt(12),
                bytes.getInt(CHECKSUM),
                bytes.getInt(20),
                bytes.getLong(SYNCED));
    }

    static boolean startsAt(byte[] bytes, int at) {
        return bytes[at] == (byte) (MARK >> 24)
                && bytes[at + 1] == (byte) (MARK >> 16)
                && bytes[at + 2] == (byte) (MARK >> 8)
                && bytes[at + 3] == (byte) MARK;
    }

    /** Without a mark, and with the length of the leaf in its place. */
    static boolean isOfEarlierForm(byte[] bytes) {
        int leaf = ByteBuffer.wrap(bytes).getInt(0);
        return leaf > 0 && leaf <= MOST_LEAF;
    }

    boolean isPossible() {
        return mark == MARK
                && within(leafLength, MOST_LEAF)
                && within(documentLength, MOST_DOCUMENT)
                && within(keysLength, MOST_KEYS);
    }

    private static boolean within(int length, int most) {
        return length >= 0 && length <= most;
    }

    /** Bytes before the document. */
    int headLength() {
        return HEAD + keysLength + leafLength;
    }

    int length() {
        return headLength() + documentLength;
    }

    int leafStart() {
        return HEAD + keysLength;
    }

    /** @param bytes at least {@link #headLength} */
    boolean isWhole(byte[] bytes) {
        return headChecksum(bytes, keysLength + leafLength) == checksum;
    }

    boolean isWholeDocument(byte[] document) {
        return checksum(document, 0, document.length) == documentChecksum;
    }

    List<String> keys(byte[] bytes) {
        String text = new String(bytes, HEAD, keysLength, StandardCharsets.UTF_8);
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    private static int headChecksum(byte[] bytes, int rest) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, CHECKSUM);
        checksum.update(bytes, CHECKSUM + 4, HEAD - CHECKSUM - 4 + rest);
        return (int) checksum.getValue();
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }
}
