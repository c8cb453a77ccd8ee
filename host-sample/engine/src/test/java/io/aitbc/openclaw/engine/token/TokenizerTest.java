package io.aitbc.openclaw.engine.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.engine.gguf.GgufMetadata;
import io.aitbc.openclaw.engine.gguf.MalformedGgufException;
import io.aitbc.openclaw.engine.gguf.TestModels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TokenizerTest {
    private static final Tokenizer WREN = Tokenizer.of(TestModels.wren().metadata());

    private static List<String> spelled(int[] tokens) {
        return Arrays.stream(tokens)
                .mapToObj(token -> new String(WREN.bytes(token), StandardCharsets.UTF_8))
                .toList();
    }

    private static Tokenizer tiny(Map<String, Object> changes) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("tokenizer.ggml.model", "gpt2");
        values.put("tokenizer.ggml.tokens", List.of("a", "b", "ab", "<end>"));
        values.put("tokenizer.ggml.token_type", List.of(1L, 1L, 1L, 3L));
        values.put("tokenizer.ggml.merges", List.of("a b"));
        values.put("tokenizer.ggml.eos_token_id", 3L);
        values.putAll(changes);
        return Tokenizer.of(new GgufMetadata("tiny.gguf", values));
    }

    @Test
    void encodes_what_ollama_encoded() {
        assertThat(WREN.encode("<|im_start|>user\nOnce upon a time<|im_end|>\n<|im_start|>assistant\n"))
                .containsExactly(2041, 320, 10, 705, 574, 258, 390, 2042, 10, 2041, 321, 10);
    }

    @Test
    void digits_stay_alone_and_words_carry_their_blank() {
        assertThat(spelled(WREN.encode("What is 12 plus 3?"))).containsSubsequence(" is", " ", "1", "2", "3", "?");
    }

    @Test
    void any_text_comes_back_as_it_was() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                int point = switch (random.nextInt(4)) {
                    case 0 -> ' ' + random.nextInt(95);
                    case 1 -> "\n\t  'sdé".codePointAt(random.nextInt(8));
                    case 2 -> 0x400 + random.nextInt(0x2000);
                    default -> 0x1f300 + random.nextInt(0x300);
                };
                text.appendCodePoint(point);
            }
            int[] tokens = WREN.encode(text.toString());
            assertThat(WREN.decode(Arrays.stream(tokens).boxed().toList()))
                    .as("text %s", text)
                    .isEqualTo(text.toString());
        }
    }

    @Test
    void marks_in_what_people_write_are_plain_text() {
        PromptText prompt = new PromptText()
                .trusted("<|im_start|>user\n")
                .untrusted("<|im_end|>")
                .trusted("<|im_end|>");

        int[] tokens = WREN.encode(prompt);

        assertThat(Arrays.stream(tokens).filter(token -> token == 2042)).hasSize(1);
        assertThat(tokens[tokens.length - 1]).isEqualTo(2042);
        assertThat(WREN.decode(Arrays.stream(tokens).boxed().toList())).isEqualTo("user\n<|im_end|>");
    }

    @Test
    void mark_that_begins_inside_what_people_write_is_plain_text() {
        PromptText prompt = new PromptText().untrusted("<|im_").trusted("end|>");

        assertThat(WREN.encode(prompt)).doesNotContain(2042);
    }

    @Test
    void control_tokens_are_no_text() {
        assertThat(WREN.decode(List.of(2041, 320, 2042))).isEqualTo("user");
        assertThat(WREN.isEnd(2042)).isTrue();
        assertThat(WREN.isControl(2041)).isTrue();
        assertThat(WREN.isControl(320)).isFalse();
        assertThat(WREN.begin()).hasValue(2040);
        assertThat(WREN.special("<tool_call>")).hasValue(2043);
    }

    @Test
    @Timeout(10)
    void long_words_take_no_time_out_of_proportion() {
        assertThat(WREN.encode("ab".repeat(200_000))).hasSizeBetween(1_000, 400_000);
    }

    @Test
    void characters_wait_for_their_last_byte() {
        Utf8Assembler assembler = new Utf8Assembler();
        byte[] bird = "a🐦b".getBytes(StandardCharsets.UTF_8);
        List<String> pieces = new ArrayList<>();
        for (byte value : bird) {
            pieces.add(assembler.add(new byte[] {value}));
        }

        assertThat(pieces).containsExactly("a", "", "", "", "🐦", "b");
        assertThat(assembler.end()).isEmpty();
    }

    @Test
    void unfinished_characters_become_the_replacement_character() {
        Utf8Assembler assembler = new Utf8Assembler();

        assertThat(assembler.add(new byte[] {'x', (byte) 0xf0, (byte) 0x9f})).isEqualTo("x");
        assertThat(assembler.pending()).isTrue();
        assertThat(assembler.end()).isEqualTo("\ufffd");
        assertThat(assembler.add(new byte[] {(byte) 0xc3, 0x28})).isEqualTo("\ufffd(");
    }

    @Test
    void bytes_that_the_vocabulary_lacks_are_refused() {
        Tokenizer tokenizer = tiny(Map.of());

        assertThat(tokenizer.encode("abba")).containsExactly(2, 1, 0);
        assertThatThrownBy(() -> tokenizer.encode("abc"))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("0x63");
    }

    @Test
    void broken_vocabularies_are_refused() {
        List<Map<String, Object>> broken = List.of(
                Map.of("tokenizer.ggml.model", "llama"),
                Map.of("tokenizer.ggml.pre", "unheard-of"),
                Map.of("tokenizer.ggml.tokens", List.of()),
                Map.of("tokenizer.ggml.tokens", List.of("a", "b", "a", "x")),
                Map.of("tokenizer.ggml.tokens", "a"),
                Map.of("tokenizer.ggml.token_type", List.of(1L)),
                Map.of("tokenizer.ggml.token_type", List.of("a", "b", "c", "d")),
                Map.of("tokenizer.ggml.merges", List.of("ab")),
                Map.of("tokenizer.ggml.merges", List.of("a ")),
                Map.of("tokenizer.ggml.merges", List.of("b a")),
                Map.of("tokenizer.ggml.merges", List.of("a b", "a b")),
                Map.of("tokenizer.ggml.eos_token_id", 4L),
                Map.of("tokenizer.ggml.add_bos_token", true, "tokenizer.ggml.bos_token_id", "x"));
        for (Map<String, Object> changes : broken) {
            assertThatThrownBy(() -> tiny(changes))
                    .as("%s", changes)
                    .isInstanceOf(MalformedGgufException.class)
                    .hasMessageContaining("tokenizer.ggml.");
        }
    }

    @Test
    void pre_tokenizers_cut_as_llama_cpp_does() {
        assertThat(PreTokenizer.named("gpt-2").orElseThrow().words("I'll go  to 1234 places!\n\n x"))
                .containsExactly("I", "'ll", " go", " ", " to", " 1234", " places", "!", "\n\n", " x");
        assertThat(PreTokenizer.named("smollm").orElseThrow().words("a 12  3"))
                .containsExactly("a", " ", "1", "2", "  ", "3");
        assertThat(PreTokenizer.named("llama-bpe").orElseThrow().words("WE'LL pay 12345 now.\n"))
                .containsExactly("WE", "'LL", " pay", " ", "123", "45", " now", ".\n");
    }
}
