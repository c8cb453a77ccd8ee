package io.aitbc.openclaw.zk.prover;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.NumberTheoreticTransform;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.PointArray;
import io.aitbc.openclaw.zk.bn254.Scalars;
import io.aitbc.openclaw.zk.groth16.Groth16Key;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Proving keys in files ({@code .zkey}, version 1, Groth16 over bn128), as snarkjs writes them. Numbers are in Montgomery form; coefficients twice, so
 * that their product with a plain signal is in that form; h belongs to the values of the quotient between the roots of unity.
 */
public final class ProvingKeyFile {
    private static final String MAGIC = "zkey";
    private static final int VERSION = 1;
    private static final int GROTH16 = 1;

    private static final int PROTOCOL = 1;
    private static final int HEADER = 2;
    private static final int INPUTS = 3;
    private static final int COEFFICIENTS = 4;
    private static final int A = 5;
    private static final int B1 = 6;
    private static final int B2 = 7;
    private static final int C = 8;
    private static final int H = 9;

    private static final int G1_BYTES = 64;
    private static final int G2_BYTES = 128;
    private static final int COEFFICIENT_BYTES = 12 + Fr.BYTES;

    private final BinaryFile file;

    private ProvingKeyFile(BinaryFile file) {
        this.file = file;
    }

    /** @throws MalformedFileException that says what is wrong with the file */
    public static ProvingKey read(byte[] file) throws MalformedFileException, InterruptedException {
        try {
            return new ProvingKeyFile(new BinaryFile(file, MAGIC, VERSION)).key();
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(String.valueOf(e.getMessage()));
        }
    }

    private ProvingKey key() throws MalformedFileException, InterruptedException {
        ByteBuffer protocol = file.section(PROTOCOL, Integer.BYTES);
        if (protocol.getInt() != GROTH16) {
            throw new MalformedFileException("it is for another proof system than Groth16");
        }
        ByteBuffer header = file.section(HEADER);
        BinaryFile.requireField(header, Fp.PRIME, "base field");
        BinaryFile.requireField(header, Fr.ORDER, "prime");
        int signals = BinaryFile.count(header, "signals");
        int publicSignals = BinaryFile.count(header, "public signals");
        int rows = BinaryFile.count(header, "rows");
        if (publicSignals >= signals) {
            throw new MalformedFileException("it has %d public signals of %d".formatted(publicSignals, signals));
        }
        int power = Integer.numberOfTrailingZeros(rows);
        if (Integer.bitCount(rows) != 1 || power >= NumberTheoreticTransform.MAX_POWER) {
            throw new MalformedFileException("its number of rows, %d, is no power of two below 2^%d"
                    .formatted(rows, NumberTheoreticTransform.MAX_POWER));
        }
        if (header.remaining() != 3 * G1_BYTES + 3 * G2_BYTES) {
            throw new MalformedFileException("its header has another length than one for Groth16");
        }
        Points points = new Points(header);
        PointArray<Fp> inputs = g1("IC", INPUTS, publicSignals + 1);
        return new ProvingKey(
                power,
                g1("A", A, signals),
                g1("B1", B1, signals),
                g2("B2", B2, signals),
                g1("C", C, signals - publicSignals - 1),
                g1("H", H, rows),
                points.g1,
                points.g2,
                matrix(0, signals, rows),
                matrix(1, signals, rows),
                new Groth16Key(points.g1.get(0), points.g2.get(0), points.gamma, points.g2.get(1), list(inputs)));
    }

    /** The points of the header: alpha 1, beta 1, beta 2, gamma 2, delta 1, delta 2. */
    private static final class Points {
        final PointArray<Fp> g1;
        final PointArray<Fp2> g2;
        final Point<Fp2> gamma;

        Points(ByteBuffer in) throws InterruptedException {
            long[] both = BinaryFile.longs(in, 2 * G1_BYTES / Long.BYTES);
            long[] beta2 = BinaryFile.longs(in, G2_BYTES / Long.BYTES);
            gamma = PointArray.g2(BinaryFile.longs(in, G2_BYTES / Long.BYTES)).get(0);
            g1 = PointArray.g1(joined(both, BinaryFile.longs(in, G1_BYTES / Long.BYTES)));
            g2 = PointArray.g2(joined(beta2, BinaryFile.longs(in, G2_BYTES / Long.BYTES)));
        }

        private static long[] joined(long[] one, long[] other) {
            long[] joined = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, joined, one.length, other.length);
            return joined;
        }
    }

    private static List<Point<Fp>> list(PointArray<Fp> points) {
        List<Point<Fp>> list = new ArrayList<>(points.size());
        for (int i = 0; i < points.size(); i++) {
            list.add(points.get(i));
        }
        return list;
    }

    private PointArray<Fp> g1(String name, int section, int count) throws MalformedFileException, InterruptedException {
        ByteBuffer in = file.section(section, (long) G1_BYTES * count);
        try {
            return PointArray.g1(BinaryFile.longs(in, in.remaining() / Long.BYTES));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException("in %s, %s".formatted(name, e.getMessage()));
        }
    }

    private PointArray<Fp2> g2(String name, int section, int count)
            throws MalformedFileException, InterruptedException {
        ByteBuffer in = file.section(section, (long) G2_BYTES * count);
        try {
            return PointArray.g2(BinaryFile.longs(in, in.remaining() / Long.BYTES));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException("in %s, %s".formatted(name, e.getMessage()));
        }
    }

    /** @param side 0 for the left one, 1 for the right one */
    private SparseMatrix matrix(int side, int signals, int rows) throws MalformedFileException {
        ByteBuffer in = file.section(COEFFICIENTS);
        int count = BinaryFile.count(in, "coefficients");
        if (in.remaining() != (long) COEFFICIENT_BYTES * count) {
            throw new MalformedFileException("its coefficients are cut, or more than it says");
        }
        int mine = 0;
        for (int i = 0; i < count; i++) {
            mine += in.getInt(in.position() + COEFFICIENT_BYTES * i) == side ? 1 : 0;
        }
        int[] constraints = new int[mine];
        int[] columns = new int[mine];
        long[] values = new long[mine * Fr.BYTES / Long.BYTES];
        int next = 0;
        for (int i = 0; i < count; i++) {
            int at = in.position() + COEFFICIENT_BYTES * i;
            int matrix = in.getInt(at);
            int row = in.getInt(at + 4);
            int column = in.getInt(at + 8);
            if (matrix < 0 || matrix > 1 || row < 0 || row >= rows || column < 0 || column >= signals) {
                throw new MalformedFileException("coefficient %d is of no constraint or signal".formatted(i));
            }
            if (matrix == side) {
                constraints[next] = row;
                columns[next] = column;
                for (int limb = 0; limb < 4; limb++) {
                    values[4 * next + limb] = in.getLong(at + 12 + Long.BYTES * limb);
                }
                next++;
            }
        }
        return new SparseMatrix(constraints, columns, Scalars.of(values));
    }
}
