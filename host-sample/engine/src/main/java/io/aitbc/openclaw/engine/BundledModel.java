package io.aitbc.openclaw.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A model file inside this jar. It is unpacked once, under the name of its digest, so that it can be mapped.
 *
 * @param digest SHA-256 of the file, hexadecimal
 * @param bytes length of the file
 * @param crc CRC-32 of the file: tells a damaged one, and takes a hundredth of the time of the digest in a JVM that has just started
 */
record BundledModel(String name, String resource, String digest, long bytes, long crc) {
    static final List<BundledModel> ALL = List.of(
            new BundledModel(
                    "wren-tiny:latest",
                    "wren-tiny-Q8_0.gguf",
                    "f9112a31bede6f546f6d36770f10a96459164b4cac68ab98ce000f22e297c34d",
                    3_078_048,
                    0x10680837L),
            new BundledModel(
                    "wren-tiny-embed:latest",
                    "wren-tiny-embed-F16.gguf",
                    "c667de3548cbf8aef2430d6f48905695b47df57aa109fc1458a958b8df1c9602",
                    5_727_680,
                    0x42f01c78L));

    /** The unpacked file. It is written when there is none, and anew when it is damaged. */
    Path unpack(Path directory) throws IOException {
        Path file = file(directory);
        return isWhole(file) ? file : write(directory);
    }

    private boolean isWhole(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == bytes && crcOf(file) == crc;
    }

    private static long crcOf(Path file) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
            }
        }
        return sum.getValue();
    }

    private Path file(Path directory) {
        return directory.resolve("sha256-" + digest + ".gguf");
    }

    /**
     * Several processes may do this at the same time: the file appears under its name only when it is whole. Nothing waits for the
     * disk: what a power cut spoils is found by its sum.
     */
    private Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, "unpack-", ".part");
        try {
            try (InputStream in = open();
                    OutputStream out = Files.newOutputStream(fresh)) {
                in.transferTo(out);
            }
            Files.move(fresh, file(directory), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return file(directory);
    }

    private InputStream open() throws IOException {
        InputStream in = BundledModel.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("the engine's jar lacks " + resource);
        }
        return in;
    }
}
