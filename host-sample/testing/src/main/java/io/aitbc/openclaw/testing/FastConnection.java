package io.aitbc.openclaw.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection of a {@link FastUpstream}. Confined to its thread. */
final class FastConnection {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_REQUEST = 16 * 1024 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] bytes = new byte[4096];
    private int size;
    private FastRequest request = new FastRequest("", "", bytes, 0, 0);
    private ByteBuffer output = ByteBuffer.allocate(0);

    private FastReplies.Pieces pieces = new FastReplies.Pieces(java.util.List.of());
    private int nextPiece;
    private long nextTokenNanos;

    FastConnection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    SelectionKey key() {
        return key;
    }

    FastRequest request() {
        return request;
    }

    /** Takes what arrived; false when the client left. */
    boolean read(ByteBuffer input) throws IOException {
        input.clear();
        int count = channel.read(input);
        if (count < 0) {
            return false;
        }
        if (size + count > bytes.length) {
            if (size + count > MAX_REQUEST) {
                throw new IOException("request of more than " + MAX_REQUEST + " bytes");
            }
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
        input.flip();
        input.get(bytes, size, count);
        size += count;
        return true;
    }

    /** Takes the next request off what arrived; false when there is no whole one. */
    boolean nextRequest() throws IOException {
        int headEnd = Bytes.indexOf(bytes, 0, size, HEAD_END);
        if (headEnd < 0) {
            return false;
        }
        int bodyStart = headEnd + HEAD_END.length;
        int end = bodyStart + contentLength(headEnd);
        if (end > size) {
            return false;
        }
        int space = 0;
        while (bytes[space] != ' ') {
            space++;
        }
        int pathEnd = space + 1;
        while (bytes[pathEnd] != ' ') {
            pathEnd++;
        }
        String method = new String(bytes, 0, space, StandardCharsets.US_ASCII);
        String path = new String(bytes, space + 1, pathEnd - space - 1, StandardCharsets.US_ASCII);
        byte[] own = Arrays.copyOfRange(bytes, bodyStart, end);
        request = new FastRequest(method, path, own, 0, own.length);
        System.arraycopy(bytes, end, bytes, 0, size - end);
        size -= end;
        return true;
    }

    private int contentLength(int headEnd) throws IOException {
        int at = Bytes.indexOfIgnoringCase(bytes, 0, headEnd, CONTENT_LENGTH);
        if (at < 0) {
            return 0;
        }
        int length = 0;
        for (int i = at + CONTENT_LENGTH.length; i < headEnd && bytes[i] != '\r'; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                length = Math.addExact(Math.multiplyExact(10, length), bytes[i] - '0');
            }
        }
        if (length > MAX_REQUEST) {
            throw new IOException("request of more than " + MAX_REQUEST + " bytes");
        }
        return length;
    }

    void send(byte[] answer) throws IOException {
        ByteBuffer more = ByteBuffer.wrap(answer);
        if (!output.hasRemaining()) {
            channel.write(more);
        }
        if (more.hasRemaining()) {
            ByteBuffer both = ByteBuffer.allocate(output.remaining() + more.remaining());
            output = both.put(output).put(more).flip();
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    void flush() throws IOException {
        channel.write(output);
        if (!output.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    // --- one token after the other ---

    void startSlowly(FastReplies.Pieces stream, long firstTokenNanos) throws IOException {
        pieces = stream;
        send(pieces.parts().getFirst());
        nextPiece = 1;
        nextTokenNanos = firstTokenNanos;
    }

    long nextTokenNanos() {
        return nextTokenNanos;
    }

    /** Sends the next token, or the last one and the end; false when that was all. */
    boolean sendNextPiece(long intervalNanos) throws IOException {
        if (!channel.isOpen()) {
            return false;
        }
        send(pieces.parts().get(nextPiece++));
        boolean lastLine = nextPiece == pieces.parts().size() - 1;
        if (lastLine) {
            send(pieces.parts().getLast());
            return false;
        }
        nextTokenNanos += intervalNanos;
        return true;
    }
}
