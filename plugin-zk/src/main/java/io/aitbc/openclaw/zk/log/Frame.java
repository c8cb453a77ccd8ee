package io.aitbc.openclaw.zk.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How an entry lies in the file: a head of five 32-bit numbers (length of the leaf, of the document, of the keys; checksum of all
 * that but the document; checksum of the document), then keys, leaf and document.
 */
record Frame(int leafLength, int documentLength, int keysLength, int checksum, int documentChecksum) {
    static final int HEAD = 20;
    static final int MOST_LEAF = 64 << 10;
    static final int MOST_DOCUMENT = 32 << 20;
    static final int MOST_KEYS = 4096;

    static byte[] write(List<String> keys, byte[] leaf, byte[] document) {
        byte[] keyBytes = String.join("\n", keys).getBytes(StandardCharsets.UTF_8);
        if (leaf.length > MOST_LEAF || document.length > MOST_DOCUMENT || keyBytes.length > MOST_KEYS) {
            throw new IllegalArgumentException(
                    "an entry of the log has at most %d bytes of leaf, %d of document and %d of keys"
                            .formatted(MOST_LEAF, MOST_DOCUMENT, MOST_KEYS));
        }
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + keyBytes.length + leaf.length + document.length);
        buffer.putInt(leaf.length).putInt(document.length).putInt(keyBytes.length);
        buffer.putInt(0).putInt(checksum(document, 0, document.length));
        buffer.put(keyBytes).put(leaf).put(document);
        buffer.putInt(12, headChecksum(buffer.array(), keyBytes.length + leaf.length));
        return buffer.array();
    }

    /** @param bytes of which the first {@link #HEAD} are the head */
    static Frame of(ByteBuffer bytes) {
        return new Frame(bytes.getInt(0), bytes.getInt(4), bytes.getInt(8), bytes.getInt(12), bytes.getInt(16));
    }

    boolean isPossible() {
        return within(leafLength, MOST_LEAF) && within(documentLength, MOST_DOCUMENT) && within(keysLength, MOST_KEYS);
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
        checksum.update(bytes, 0, 12);
        checksum.update(bytes, 16, 4 + rest);
        return (int) checksum.getValue();
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }
}
