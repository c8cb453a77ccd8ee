package io.aitbc.openclaw.bench.squarings;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Binary files of snarkjs: a header, and sections with a number and a length. */
final class LittleEndian {
    /** Numbers modulo a prime stand in files multiplied by 2^256. */
    private static final BigInteger MONTGOMERY = BigInteger.ONE.shiftLeft(256);

    private static final int NUMBER = 32;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
        return out.toByteArray();
    }

    LittleEndian header(String magic, int version, int sections) {
        out.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
        return count(version).count(sections);
    }

    LittleEndian section(int number, LittleEndian content) {
        count(number);
        out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(content.out.size())
                .array());
        return append(content);
    }

    LittleEndian append(LittleEndian other) {
        out.writeBytes(other.bytes());
        return this;
    }

    LittleEndian zeros(int count) {
        out.writeBytes(new byte[count]);
        return this;
    }

    LittleEndian count(int number) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
        return this;
    }

    LittleEndian plain(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] little = new byte[NUMBER];
        for (int i = 0; i < NUMBER && i < big.length; i++) {
            little[i] = big[big.length - 1 - i];
        }
        out.writeBytes(little);
        return this;
    }

    LittleEndian prime(BigInteger prime) {
        return count(NUMBER).plain(prime);
    }

    /** As coefficients stand in proving keys: twice in Montgomery's form. */
    LittleEndian coefficient(BigInteger number) {
        BigInteger prime = PrimeField.SIGNALS.prime();
        return plain(number.multiply(MONTGOMERY).mod(prime).multiply(MONTGOMERY).mod(prime));
    }

    private LittleEndian coordinate(BigInteger number) {
        return plain(number.multiply(MONTGOMERY).mod(PrimeField.COORDINATES.prime()));
    }

    LittleEndian point(Multiples.Affine<BigInteger> point) {
        return coordinate(point.x()).coordinate(point.y());
    }

    LittleEndian twistPoint(Multiples.Affine<TwistField.Complex> point) {
        return coordinate(point.x().real())
                .coordinate(point.x().imaginary())
                .coordinate(point.y().real())
                .coordinate(point.y().imaginary());
    }
}
