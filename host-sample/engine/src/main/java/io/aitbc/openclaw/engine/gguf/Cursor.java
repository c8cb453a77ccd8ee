package io.aitbc.openclaw.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads little-endian values in order and never past the end. */
final class Cursor {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final MemorySegment segment;
    private long position;

    Cursor(String file, MemorySegment segment) {
        this.file = file;
        this.segment = segment;
    }

    long position() {
        return position;
    }

    long remaining() {
        return segment.byteSize() - position;
    }

    int int8(String field) {
        return segment.get(ValueLayout.JAVA_BYTE, advance(1, field));
    }

    int int16(String field) {
        return segment.get(SHORT, advance(2, field));
    }

    int int32(String field) {
        return segment.get(INT, advance(4, field));
    }

    long int64(String field) {
        return segment.get(LONG, advance(8, field));
    }

    long uint32(String field) {
        return Integer.toUnsignedLong(int32(field));
    }

    /** A count, of which each item takes at least so many bytes: one that cannot fit in the rest of the file is refused. */
    int count(String field, int leastBytesEach, int limit) {
        long count = int64(field);
        if (count < 0 || count > remaining() / leastBytesEach) {
            throw problem(
                    field, "count %s does not fit in the rest of the file".formatted(Long.toUnsignedString(count)));
        }
        if (count > limit) {
            throw problem(field, "count %d is above the limit of %d".formatted(count, limit));
        }
        return (int) count;
    }

    String string(String field, int limit) {
        int length = count(field + " (length)", 1, limit);
        byte[] bytes = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, advance(length, field), bytes, 0, length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problem(field, "is not UTF-8");
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
