package io.aitbc.openclaw.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian values in order and never past the end. A vocabulary is tens of thousands of small values, which are read once,
 * by code that nothing has compiled yet: they come from a window on the heap, where that takes a tenth of the time.
 */
final class Cursor {
    private static final int WINDOW = 1 << 16;

    private final String file;
    private final MemorySegment segment;
    private final byte[] window;
    private long windowStart;
    private int windowLength;
    private long position;

    Cursor(String file, MemorySegment segment) {
        this.file = file;
        this.segment = segment;
        this.window = new byte[(int) Math.min(WINDOW, segment.byteSize())];
    }

    long position() {
        return position;
    }

    long remaining() {
        return segment.byteSize() - position;
    }

    int int8(String field) {
        return (byte) bits(1, field);
    }

    int int16(String field) {
        return (short) bits(2, field);
    }

    int int32(String field) {
        return (int) bits(4, field);
    }

    long int64(String field) {
        return bits(8, field);
    }

    long uint32(String field) {
        return Integer.toUnsignedLong(int32(field));
    }

    /** A count, of which each item takes at least so many bytes: one that cannot fit in the rest of the file is refused. */
    int count(String field, int leastBytesEach, int limit) {
        return count(field, "", leastBytesEach, limit);
    }

    /** As {@link #count}, of what is in a field. */
    int length(String field, int leastBytesEach, int limit) {
        return count(field, " (length)", leastBytesEach, limit);
    }

    private int count(String field, String part, int leastBytesEach, int limit) {
        long count = int64(field);
        if (count < 0 || count > remaining() / leastBytesEach) {
            throw problem(
                    field + part,
                    "count %s does not fit in the rest of the file".formatted(Long.toUnsignedString(count)));
        }
        if (count > limit) {
            throw problem(field + part, "count %d is above the limit of %d".formatted(count, limit));
        }
        return (int) count;
    }

    String string(String field, int limit) {
        int length = length(field, 1, limit);
        long start = advance(length, field);
        String text = length <= window.length
                ? new String(window, inWindow(start, length), length, StandardCharsets.UTF_8)
                : new String(bytes(start, length), StandardCharsets.UTF_8);
        // The quick way puts U+FFFD where bytes are not UTF-8; where there is one, a slower one tells whether the file
        // meant it.
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes(start, length))) {
            throw problem(field, "is not UTF-8");
        }
        return text;
    }

    private long bits(int bytes, String field) {
        int first = inWindow(advance(bytes, field), bytes);
        long bits = 0;
        for (int i = first + bytes - 1; i >= first; i--) {
            bits = (bits << 8) | (window[i] & 0xff);
        }
        return bits;
    }

    /** Where in the window these bytes are. */
    private int inWindow(long start, int bytes) {
        if (start < windowStart || start + bytes > windowStart + windowLength) {
            windowStart = start;
            windowLength = (int) Math.min(window.length, segment.byteSize() - start);
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, start, window, 0, windowLength);
        }
        return (int) (start - windowStart);
    }

    private byte[] bytes(long start, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, start, bytes, 0, length);
        return bytes;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.hasRemaining();
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    MalformedGgufException problem(String field, String problem) {
        return new MalformedGgufException(file, field, problem);
    }

    private long advance(long bytes, String field) {
        if (bytes > remaining()) {
            throw problem(field, "the file ends at byte %d, before it is whole".formatted(segment.byteSize()));
        }
        long start = position;
        position += bytes;
        return start;
    }
}
