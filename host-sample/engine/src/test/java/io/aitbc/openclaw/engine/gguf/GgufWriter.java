package io.aitbc.openclaw.engine.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Writes GGUF bytes, right ones and wrong ones. */
final class GgufWriter {
    private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private final List<byte[]> data = new ArrayList<>();
    private int pairCount;
    private int tensorCount;
    private int magic = 0x46554747;
    private int version = 3;
    private OptionalLong claimedPairs = OptionalLong.empty();
    private OptionalLong claimedTensors = OptionalLong.empty();

    GgufWriter magic(int value) {
        magic = value;
        return this;
    }

    GgufWriter version(int value) {
        version = value;
        return this;
    }

    GgufWriter claimPairs(long count) {
        claimedPairs = OptionalLong.of(count);
        return this;
    }

    GgufWriter claimTensors(long count) {
        claimedTensors = OptionalLong.of(count);
        return this;
    }

    GgufWriter text(String key, String value) {
        return raw(key, 8, string(value));
    }

    GgufWriter unsigned(String key, int value) {
        return raw(key, 4, little(4).putInt(value).array());
    }

    /** A pair with any type and any bytes. */
    GgufWriter raw(String key, int type, byte[] value) {
        pairs.writeBytes(string(key));
        pairs.writeBytes(little(4).putInt(type).array());
        pairs.writeBytes(value);
        pairCount++;
        return this;
    }

    GgufWriter tensor(String name, int type, long offset, long... shape) {
        tensors.writeBytes(string(name));
        tensors.writeBytes(little(4).putInt(shape.length).array());
        for (long dimension : shape) {
            tensors.writeBytes(little(8).putLong(dimension).array());
        }
        tensors.writeBytes(little(12).putInt(type).putLong(offset).array());
        tensorCount++;
        return this;
    }

    GgufWriter data(int bytes) {
        data.add(new byte[bytes]);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(little(24)
                .putInt(magic)
                .putInt(version)
                .putLong(claimedTensors.orElse(tensorCount))
                .putLong(claimedPairs.orElse(pairCount))
                .array());
        out.writeBytes(pairs.toByteArray());
        out.writeBytes(tensors.toByteArray());
        out.writeBytes(new byte[(32 - out.size() % 32) % 32]);
        data.forEach(out::writeBytes);
        return out.toByteArray();
    }

    static byte[] string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return little(8 + utf8.length).putLong(utf8.length).put(utf8).array();
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
