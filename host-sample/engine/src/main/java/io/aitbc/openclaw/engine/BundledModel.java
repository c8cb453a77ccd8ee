package io.aitbc.openclaw.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A model file inside this jar. It is unpacked once, under the name of its digest, so that it can be mapped.
 *
 * @param digest SHA-256 of the file, hexadecimal
 * @param bytes length of the file
 */
record BundledModel(String name, String resource, String digest, long bytes) {
    static final List<BundledModel> ALL = List.of(
            new BundledModel(
                    "wren-tiny:latest",
                    "wren-tiny-Q8_0.gguf",
                    "f9112a31bede6f546f6d36770f10a96459164b4cac68ab98ce000f22e297c34d",
                    3_078_048),
            new BundledModel(
                    "wren-tiny-embed:latest",
                    "wren-tiny-embed-F16.gguf",
                    "c667de3548cbf8aef2430d6f48905695b47df57aa109fc1458a958b8df1c9602",
                    5_727_680));

    /** The unpacked file. Only its length is checked here: hashing would make every start slower. */
    Path unpack(Path directory) throws IOException {
        Path file = file(directory);
        return Files.isRegularFile(file) && Files.size(file) == bytes ? file : write(directory);
    }

    /** Replaces the unpacked file when it is damaged. */
    void repair(Path directory) throws IOException {
        if (!Digests.sha256(file(directory)).equals(digest)) {
            write(directory);
        }
    }

    private Path file(Path directory) {
        return directory.resolve("sha256-" + digest + ".gguf");
    }

    /** Several processes may do this at the same time: the file appears under its name only when it is whole. */
    private Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, "unpack-", ".part");
        try {
            try (InputStream in = open();
                    FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                in.transferTo(java.nio.channels.Channels.newOutputStream(out));
                out.force(true);
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
