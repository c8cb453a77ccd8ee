package io.aitbc.openclaw.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GgufFileTest {
    private static final int F32 = 0;
    private static final int Q8_0 = 8;
    private static final int Q4_K = 12;

    private static GgufWriter writer() {
        return new GgufWriter().text("general.architecture", "llama");
    }

    private static GgufHeader parse(byte[] bytes) {
        return GgufFile.parse("test.gguf", MemorySegment.ofArray(bytes));
    }

    private static byte[] real() {
        return TestModels.bytes(TestModels.WREN);
    }

    @Test
    void reads_metadata_and_places_of_the_bundled_model() {
        GgufHeader header = parse(real());

        assertThat(header.metadata().requiredText("general.name")).isEqualTo("Wren Tiny");
        assertThat(header.metadata().requiredInteger("llama.block_count", 1, 100))
                .isEqualTo(6);
        assertThat(header.metadata().texts("tokenizer.ggml.tokens")).hasSize(2048);
        assertThat(header.metadata().flag("tokenizer.ggml.add_bos_token")).contains(true);
        assertThat(header.metadata().real("llama.rope.freq_base")).hasValue(10_000);
        TensorInfo embedding = header.tensor("token_embd.weight").orElseThrow();
        assertThat(embedding.shape()).containsExactly(192L, 2048L);
        assertThat(embedding.type()).isEqualTo(TensorType.Q8_0);
        assertThat(embedding.bytes()).isEqualTo(192 * 2048 / 32 * 34);
        assertThat(header.tensors()).hasSize(56);
    }

    @Test
    void reads_every_value_type() {
        byte[] array =
                GgufWriter.little(20).putInt(4).putLong(2).putInt(7).putInt(9).array();
        GgufHeader header = parse(writer().raw("a", 0, new byte[] {(byte) 200})
                .raw("b", 1, new byte[] {(byte) 200})
                .raw("c", 2, new byte[] {(byte) 255, (byte) 255})
                .raw("d", 3, new byte[] {(byte) 255, (byte) 255})
                .raw("e", 7, new byte[] {1})
                .raw("f", 9, array)
                .raw("g", 12, GgufWriter.little(8).putDouble(0.5).array())
                .raw("h", 11, GgufWriter.little(8).putLong(-5).array())
                .bytes());

        assertThat(header.metadata().values())
                .containsAllEntriesOf(Map.of(
                        "a",
                        200L,
                        "b",
                        -56L,
                        "c",
                        65_535L,
                        "d",
                        -1L,
                        "e",
                        true,
                        "f",
                        List.of(7L, 9L),
                        "g",
                        0.5,
                        "h",
                        -5L));
    }

    @Test
    void reads_texts_of_every_length_with_any_character() throws MalformedGgufException {
        GgufWriter writer = writer();
        List<String> texts = new ArrayList<>();
        for (int length : List.of(0, 1, 100, 40_000, 65_535, 65_536, 65_537, 200_000, 3)) {
            String text = "a".repeat(Math.max(0, length - 3)) + "\uFFFD".repeat(Math.min(1, length / 3));
            texts.add(text);
            writer.text("t" + texts.size(), text);
        }

        GgufHeader header = parse(writer.unsigned("last", 7).bytes());

        for (int i = 0; i < texts.size(); i++) {
            assertThat(header.metadata().values()).containsEntry("t" + (i + 1), texts.get(i));
        }
        assertThat(header.metadata().values()).containsEntry("last", 7L);
    }

    @Test
    void maps_tensor_bytes(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("x.gguf");
        byte[] bytes = writer().tensor("w", F32, 0, 4).data(16).bytes();
        bytes[bytes.length - 1] = 42;
        Files.write(path, bytes);

        try (GgufFile file = GgufFile.open(path)) {
            MemorySegment data = file.data(file.header().tensor("w").orElseThrow());
            assertThat(data.byteSize()).isEqualTo(16);
            assertThat(data.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 15)).isEqualTo((byte) 42);
        }
        assertThatThrownBy(() -> GgufFile.open(directory.resolve("none.gguf"))).isInstanceOf(IOException.class);
    }

    static Stream<Arguments> malformed() {
        byte[] hugeArray = GgufWriter.little(12).putInt(8).putLong(1L << 60).array();
        byte[] nestedArray = GgufWriter.little(12).putInt(9).putLong(1).array();
        byte[] strangeItems = GgufWriter.little(12).putInt(77).putLong(0).array();
        byte[] negativeLength = GgufWriter.little(8).putLong(-1).array();
        byte[] brokenText = GgufWriter.little(10)
                .putLong(2)
                .put(new byte[] {(byte) 0xc3, 0x28})
                .array();
        return Stream.of(
                Arguments.of("empty", new byte[0], "magic"),
                Arguments.of("other magic", writer().magic(1).bytes(), "magic"),
                Arguments.of("version 2", writer().version(2).bytes(), "version"),
                Arguments.of("huge pair count", writer().claimPairs(1L << 40).bytes(), "metadata_kv_count"),
                Arguments.of(
                        "negative pair count",
                        writer().claimPairs(Long.MIN_VALUE + 1).bytes(),
                        "metadata_kv_count"),
                Arguments.of(
                        "huge tensor count", writer().claimTensors(1L << 62).bytes(), "tensor_count"),
                Arguments.of(
                        "one pair too many", writer().claimPairs(2).data(64).bytes(), "metadata key 1"),
                Arguments.of(
                        "duplicate key",
                        writer().unsigned("k", 1).unsigned("k", 2).bytes(),
                        "k: is there twice"),
                Arguments.of(
                        "unknown value type", writer().raw("k", 13, new byte[8]).bytes(), "k: value type 13"),
                Arguments.of("bool of 2", writer().raw("k", 7, new byte[] {2}).bytes(), "k: a bool"),
                Arguments.of("huge array", writer().raw("k", 9, hugeArray).bytes(), "k (length)"),
                Arguments.of(
                        "array of arrays", writer().raw("k", 9, nestedArray).bytes(), "k: arrays of arrays"),
                Arguments.of(
                        "unknown item type", writer().raw("k", 9, strangeItems).bytes(), "k: item type 77"),
                Arguments.of(
                        "negative text length",
                        writer().raw("k", 8, negativeLength).bytes(),
                        "k (length)"),
                Arguments.of("no UTF-8", writer().raw("k", 8, brokenText).bytes(), "k: is not UTF-8"),
                Arguments.of(
                        "alignment of 24",
                        writer().unsigned("general.alignment", 24).bytes(),
                        "general.alignment"),
                Arguments.of(
                        "alignment of 0",
                        writer().unsigned("general.alignment", 0).bytes(),
                        "general.alignment"),
                Arguments.of(
                        "text as alignment",
                        writer().text("general.alignment", "32").bytes(),
                        "general.alignment"),
                Arguments.of(
                        "no dimensions", writer().tensor("w", F32, 0).data(64).bytes(), "tensor w: has 0"),
                Arguments.of(
                        "five dimensions",
                        writer().tensor("w", F32, 0, 1, 1, 1, 1, 1).data(64).bytes(),
                        "tensor w: has 5"),
                Arguments.of(
                        "dimension of 0",
                        writer().tensor("w", F32, 0, 0).data(64).bytes(),
                        "tensor w: shape"),
                Arguments.of(
                        "product that overflows",
                        writer().tensor("w", F32, 0, 1L << 32, 1L << 32)
                                .data(64)
                                .bytes(),
                        "tensor w: shape"),
                Arguments.of(
                        "negative dimension",
                        writer().tensor("w", F32, 0, -4).data(64).bytes(),
                        "tensor w: shape"),
                Arguments.of(
                        "other type",
                        writer().tensor("w", Q4_K, 0, 256).data(256).bytes(),
                        "has type Q4_K"),
                Arguments.of(
                        "type from nowhere",
                        writer().tensor("w", -1, 0, 4).data(64).bytes(),
                        "has type 4294967295"),
                Arguments.of(
                        "part of a block",
                        writer().tensor("w", Q8_0, 0, 33).data(256).bytes(),
                        "whole blocks"),
                Arguments.of(
                        "past the end",
                        writer().tensor("w", F32, 0, 17).data(64).bytes(),
                        "tensor w: needs bytes"),
                Arguments.of(
                        "offset past the end",
                        writer().tensor("w", F32, 1L << 40, 4).data(64).bytes(),
                        "tensor w: needs"),
                Arguments.of(
                        "offset that overflows",
                        writer().tensor("w", F32, Long.MAX_VALUE - 31, 4)
                                .data(64)
                                .bytes(),
                        "tensor w: needs"),
                Arguments.of(
                        "offset between",
                        writer().tensor("w", F32, 8, 4).data(64).bytes(),
                        "multiple of the alignment"),
                Arguments.of(
                        "same tensor twice",
                        writer().tensor("w", F32, 0, 4)
                                .tensor("w", F32, 32, 4)
                                .data(64)
                                .bytes(),
                        "tensor w: is there twice"),
                Arguments.of(
                        "overlap",
                        writer().tensor("v", F32, 0, 16)
                                .tensor("w", F32, 32, 4)
                                .data(64)
                                .bytes(),
                        "tensor w: overlaps tensor v"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformed_files_get_an_error_that_names_file_and_field(String name, byte[] bytes, String field) {
        assertThatThrownBy(() -> parse(bytes))
                .isInstanceOf(MalformedGgufException.class)
                .hasMessageStartingWith("test.gguf: ")
                .hasMessageContaining(field);
    }

    @Test
    void every_cut_of_a_header_is_an_error() {
        byte[] bytes = writer().unsigned("k", 1).tensor("w", F32, 0, 4).data(16).bytes();

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> parse(cut)).as("cut to %d", length).isInstanceOf(MalformedGgufException.class);
        }
    }

    @Test
    void mutations_of_a_real_header_are_read_or_refused_quickly() {
        byte[] whole = real();
        int headerEnd = (int) parse(whole).tensors().getFirst().offset();
        byte[] bytes = whole.clone();
        Random random = new Random(20261123);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            int position = random.nextInt(random.nextBoolean() ? 2_000 : headerEnd);
            byte[] saved = Arrays.copyOfRange(bytes, position, position + 8);
            mutate(bytes, position, random);
            try {
                parse(bytes);
            } catch (MalformedGgufException e) {
                refused++;
                assertThat(e).hasMessageStartingWith("test.gguf: ");
            }
            System.arraycopy(saved, 0, bytes, position, saved.length);
        }
        assertThat(refused).isBetween(200, 1_999);
        assertThat(bytes).isEqualTo(whole);
    }

    private static void mutate(byte[] bytes, int position, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> bytes[position] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[position] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(bytes, position, position + 8, (byte) 0xff);
            default -> Arrays.fill(bytes, position, position + 4, (byte) 0);
        }
    }
}
