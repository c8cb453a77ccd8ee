package io.aitbc.openclaw.zk.prover;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A file of numbered sections, as circom and snarkjs write them: four letters, version, number of sections, and for each its number, its length and
 * what is in it; all little-endian.
 */
final class BinaryFile {
    /** Those that are known have ten at most. */
    private static final int MOST_SECTIONS = 64;

    private static final int HEADER = 12;
    private static final int SECTION_HEADER = 12;

    private final Map<Integer, ByteBuffer> sections = new HashMap<>();

    /** @throws MalformedFileException that says where it is cut, or that it is another kind of file */
    BinaryFile(byte[] file, String magic, int version) throws MalformedFileException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEADER || !new String(file, 0, 4, StandardCharsets.ISO_8859_1).equals(magic)) {
            throw new MalformedFileException("it is no .%s file".formatted(magic));
        }
        int actual = in.getInt(4);
        if (actual != version) {
            throw new MalformedFileException("its version is %d, not %d".formatted(actual, version));
        }
        int count = in.getInt(8);
        if (count < 0 || count > MOST_SECTIONS) {
            throw new MalformedFileException("it has more than %d sections".formatted(MOST_SECTIONS));
        }
        in.position(HEADER);
        for (int i = 0; i < count; i++) {
            if (in.remaining() < SECTION_HEADER) {
                throw new MalformedFileException("it is cut: %d of its %d sections are there".formatted(i, count));
            }
            int id = in.getInt();
            long length = in.getLong();
            if (length < 0 || length > in.remaining()) {
                throw new MalformedFileException(
                        "its section %d is cut, or claims to be longer than the file".formatted(id));
            }
            if (sections.put(id, in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN)) != null) {
                throw new MalformedFileException("its section %d is there twice".formatted(id));
            }
            in.position(in.position() + (int) length);
        }
        if (in.hasRemaining()) {
            throw new MalformedFileException("there is something after its last section");
        }
    }

    ByteBuffer section(int id) throws MalformedFileException {
        ByteBuffer section = sections.get(id);
        if (section == null) {
            throw new MalformedFileException("it has no section " + id);
        }
        return section.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A section of a length that is known. */
    ByteBuffer section(int id, long length) throws MalformedFileException {
        ByteBuffer section = section(id);
        if (section.remaining() != length) {
            throw new MalformedFileException(
                    "its section %d has %d bytes, not %d".formatted(id, section.remaining(), length));
        }
        return section;
    }

    /** The number of bytes of a field element, and its prime. */
    static void requireField(ByteBuffer in, BigInteger prime, String what) throws MalformedFileException {
        byte[] bytes = new byte[prime.bitLength() / Byte.SIZE + 1];
        if (in.remaining() < Integer.BYTES + bytes.length || in.getInt() != bytes.length) {
            throw new MalformedFileException("its %s is not that of bn128".formatted(what));
        }
        for (int i = bytes.length - 1; i >= 0; i--) {
            bytes[i] = in.get();
        }
        if (!new BigInteger(1, bytes).equals(prime)) {
            throw new MalformedFileException("its %s is not that of bn128".formatted(what));
        }
    }

    /** A count, from 0 on. */
    static int count(ByteBuffer in, String what) throws MalformedFileException {
        int count = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (count < 0) {
            throw new MalformedFileException("its number of %s is missing, or too large".formatted(what));
        }
        return count;
    }

    static long[] longs(ByteBuffer in, int count) {
        long[] longs = new long[count];
        in.asLongBuffer().get(longs);
        in.position(in.position() + Long.BYTES * count);
        return longs;
    }
}
