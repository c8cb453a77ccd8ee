package io.aitbc.openclaw.engine.gguf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The bundled models as tests need them. */
public final class TestModels {
    public static final String WREN = "wren-tiny-Q8_0.gguf";
    public static final String WREN_EMBED = "wren-tiny-embed-F16.gguf";

    private TestModels() {}

    public static byte[] bytes(String file) {
        try (InputStream in = TestModels.class.getResourceAsStream("/io/aitbc/openclaw/engine/" + file)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static GgufHeader wren() {
        return GgufFile.parse(WREN, MemorySegment.ofArray(bytes(WREN)));
    }

    /** A copy of a bundled file. */
    public static Path write(String file, Path to) {
        try {
            return Files.write(to, bytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
