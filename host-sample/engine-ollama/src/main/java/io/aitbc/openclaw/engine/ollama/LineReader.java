package io.aitbc.openclaw.engine.ollama;

import java.io.IOException;
import java.util.Arrays;
import okio.BufferedSource;

/** Lines of bytes off a connection. A line is a slice of a buffer that is reused, so it is valid until the next one. */
final class LineReader {
    private final BufferedSource source;
    private final int lineLimit;
    private final long totalLimit;
    private final Failures failures;

    private byte[] buffer = new byte[4096];
    private int start;
    private int scanned;
    private int end;
    private long total;
    private int length;

    LineReader(BufferedSource source, int lineLimit, long totalLimit, Failures failures) {
        this.source = source;
        this.lineLimit = lineLimit;
        this.totalLimit = totalLimit;
        this.failures = failures;
    }

    byte[] bytes() {
        return buffer;
    }

    /** Where the line starts in {@link #bytes()}. */
    int from() {
        return start - length - 1;
    }

    int length() {
        return length;
    }

    /** Whether a whole line is in the buffer already, so that {@link #next()} will not wait. */
    boolean buffered() {
        while (scanned < end) {
            if (buffer[scanned] == '\n') {
                return true;
            }
            scanned++;
        }
        return false;
    }

    /**
     * Waits for the next line that is not blank; the last need not end with a line feed.
     *
     * @return false at the end
     */
    boolean next() throws IOException {
        while (true) {
            while (!buffered()) {
                if (!fill()) {
                    return lastLine();
                }
            }
            length = scanned - start;
            scanned++;
            start = scanned;
            if (!blank()) {
                return true;
            }
        }
    }

    /** What is left without a line feed; room for one is kept, so that slices look alike. */
    private boolean lastLine() {
        length = end - start;
        start = end + 1;
        scanned = start;
        end = start;
        return length > 0 && !blank();
    }

    private boolean blank() {
        int from = from();
        for (int at = from; at < from + length; at++) {
            if (buffer[at] != ' ' && buffer[at] != '\r' && buffer[at] != '\t') {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            scanned -= start;
            start = 0;
        }
        if (end - start > lineLimit) {
            throw failures.malformed("a line of more than " + lineLimit + " bytes");
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = source.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        total += count;
        if (total > totalLimit) {
            throw failures.malformed("an answer of more than " + totalLimit + " bytes");
        }
        return true;
    }
}
