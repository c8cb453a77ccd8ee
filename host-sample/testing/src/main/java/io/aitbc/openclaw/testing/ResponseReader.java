package io.aitbc.openclaw.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/** Reads HTTP/1.1 answers off a connection and checks that each is whole and ends as an Ollama answer ends. */
final class ResponseReader {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "\"done\":true".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_ANSWER = 8 * 1024 * 1024;

    private byte[] bytes = new byte[8192];
    private int size;
    private int position;
    private int bodyStart = -1;
    private int contentLength;
    private boolean chunked;

    private byte[] body = new byte[8192];
    private int bodySize;

    void take(ByteBuffer input) throws IOException {
        int count = input.remaining();
        if (size + count > bytes.length) {
            if (size + count > MAX_ANSWER) {
                throw new IOException("an answer of more than " + MAX_ANSWER + " bytes");
            }
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
        input.get(bytes, size, count);
        size += count;
    }

    /** Whether some of an answer arrived, but not all. */
    boolean underway() {
        return size > 0;
    }

    /** Whether a whole answer is there; it is then checked and taken off. */
    boolean complete(OptionalInt lines) throws IOException {
        if (bodyStart < 0 && !readHead()) {
            return false;
        }
        if (!(chunked ? readChunks() : readLength())) {
            return false;
        }
        check(lines);
        System.arraycopy(bytes, position, bytes, 0, size - position);
        size -= position;
        position = 0;
        bodyStart = -1;
        bodySize = 0;
        return true;
    }

    private boolean readHead() throws IOException {
        int end = Bytes.indexOf(bytes, 0, size, HEAD_END);
        if (end < 0) {
            return false;
        }
        if (bytes[9] != '2' || bytes[10] != '0' || bytes[11] != '0') {
            throw new IOException("answered: " + new String(bytes, 0, Math.min(size, 400), StandardCharsets.UTF_8));
        }
        int length = Bytes.indexOfIgnoringCase(bytes, 0, end, CONTENT_LENGTH);
        chunked = length < 0;
        if (chunked && Bytes.indexOfIgnoringCase(bytes, 0, end, CHUNKED) < 0) {
            throw new IOException("an answer with neither length nor chunks");
        }
        contentLength = chunked ? 0 : (int) number(length + CONTENT_LENGTH.length, 10);
        bodyStart = end + HEAD_END.length;
        position = bodyStart;
        return true;
    }

    private boolean readLength() {
        if (size - bodyStart < contentLength) {
            return false;
        }
        append(bodyStart, contentLength);
        position = bodyStart + contentLength;
        return true;
    }

    private boolean readChunks() throws IOException {
        while (true) {
            int lineEnd = position;
            while (lineEnd < size && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            if (lineEnd == size) {
                return false;
            }
            int length = (int) number(position, 16);
            int data = lineEnd + 1;
            if (size - data < length + 2) {
                return false;
            }
            append(data, length);
            position = data + length + 2;
            if (length == 0) {
                return true;
            }
        }
    }

    private long number(int from, int radix) throws IOException {
        long value = 0;
        for (int at = from; at < size && bytes[at] != '\r' && bytes[at] != ';'; at++) {
            if (bytes[at] == ' ') {
                continue;
            }
            int digit = Character.digit(bytes[at], radix);
            if (digit < 0 || value > MAX_ANSWER) {
                throw new IOException("not a length in an answer's framing");
            }
            value = value * radix + digit;
        }
        return value;
    }

    private void append(int from, int count) {
        if (bodySize + count > body.length) {
            body = Arrays.copyOf(body, Math.max(2 * body.length, bodySize + count));
        }
        System.arraycopy(bytes, from, body, bodySize, count);
        bodySize += count;
    }

    private void check(OptionalInt expectedLines) throws IOException {
        int end = bodySize;
        while (end > 0 && body[end - 1] == '\n') {
            end--;
        }
        int lastLine = end;
        while (lastLine > 0 && body[lastLine - 1] != '\n') {
            lastLine--;
        }
        if (Bytes.indexOf(body, lastLine, end, DONE) < 0) {
            String text = new String(body, lastLine, Math.min(400, end - lastLine), StandardCharsets.UTF_8);
            throw new IOException("an answer that does not end with done: " + text);
        }
        if (expectedLines.isPresent()) {
            int lines = 1;
            for (int at = 0; at < lastLine; at++) {
                lines += body[at] == '\n' ? 1 : 0;
            }
            if (lines != expectedLines.getAsInt()) {
                throw new IOException("an answer of %d lines instead of %d".formatted(lines, expectedLines.getAsInt()));
            }
        }
    }
}
