package io.aitbc.openclaw.zk.prover;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Witnesses in files ({@code .wtns}, version 2), as circom's programs and snarkjs write and read them. */
public final class WitnessFile {
    private static final String MAGIC = "wtns";
    private static final int VERSION = 2;
    private static final int HEADER = 1;
    private static final int SIGNALS = 2;

    private WitnessFile() {}

    /** @throws MalformedFileException that says what is wrong with the file, and nothing of what is in it */
    public static Witness read(byte[] file) throws MalformedFileException {
        BinaryFile sections = new BinaryFile(file, MAGIC, VERSION);
        ByteBuffer header = sections.section(HEADER);
        BinaryFile.requireField(header, Fr.ORDER, "prime");
        int count = BinaryFile.count(header, "signals");
        ByteBuffer signals = sections.section(SIGNALS, (long) Fr.BYTES * count);
        return Witness.of(BinaryFile.longs(signals, signals.remaining() / Long.BYTES));
    }

    /** The witness as such a file, as secret as it is. */
    public static byte[] write(Witness witness) {
        int count = witness.size();
        ByteBuffer out = ByteBuffer.allocate(12 + 12 + 4 + Fr.BYTES + 4 + 12 + Fr.BYTES * count)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC.getBytes(StandardCharsets.ISO_8859_1)).putInt(VERSION).putInt(2);
        out.putInt(HEADER).putLong(4 + Fr.BYTES + 4).putInt(Fr.BYTES);
        put(out, Fr.ORDER.toByteArray());
        out.putInt(count);
        out.putInt(SIGNALS).putLong((long) Fr.BYTES * count);
        for (int i = 0; i < count; i++) {
            put(out, witness.signals().number(i).toByteArray());
        }
        return out.array();
    }

    /** @param bigEndian at most 32 bytes, not negative */
    private static void put(ByteBuffer out, byte[] bigEndian) {
        for (int i = 0; i < Fr.BYTES; i++) {
            int from = bigEndian.length - 1 - i;
            out.put(from < 0 ? 0 : bigEndian[from]);
        }
    }
}
