package io.aitbc.openclaw.engine.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A GGUF version 3 file, mapped into memory.
 *
 * <p>Opening checks the whole header and the place of every tensor. Standard: the GGUF specification of the ggml project.
 */
public final class GgufFile implements AutoCloseable {
    private final Arena arena;
    private final MemorySegment segment;
    private final GgufHeader header;

    private GgufFile(Arena arena, MemorySegment segment, GgufHeader header) {
        this.arena = arena;
        this.segment = segment;
        this.header = header;
    }

    /**
     * Maps a file.
     *
     * @throws IOException when it cannot be read
     * @throws MalformedGgufException when it is not a GGUF file this engine reads
     */
    @SuppressWarnings("MustBeClosedChecker") // the file owns the arena and closes it
    public static GgufFile open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new GgufFile(arena, segment, parse(path.getFileName().toString(), segment));
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /** Reads the header only and maps nothing for longer. */
    public static GgufHeader header(Path path) throws IOException {
        try (GgufFile file = open(path)) {
            return file.header();
        }
    }

    /** Parses a header from memory; tensors are checked against the length of the segment. */
    static GgufHeader parse(String name, MemorySegment segment) {
        return new HeaderParser(name, segment).parse();
    }

    public GgufHeader header() {
        return header;
    }

    public long bytes() {
        return segment.byteSize();
    }

    /** The bytes of a tensor, valid until this file is closed. */
    public MemorySegment data(TensorInfo tensor) {
        return segment.asSlice(tensor.offset(), tensor.bytes());
    }

    @Override
    public void close() {
        arena.close();
    }
}
