package io.aitbc.openclaw.host.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonInputTest {
    private static Map<String, Object> read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return read(bytes);
    }

    private static Map<String, Object> read(byte[] bytes) {
        Map<String, Object> values = new LinkedHashMap<>();
        JsonInput.read(bytes, bytes.length, "T", (name, input) -> {
            switch (name) {
                case "text" -> values.put(name, input.string("none"));
                case "whole" -> input.integer().ifPresent(value -> values.put(name, value));
                case "raw" -> values.put(name, input.raw());
                case "list" -> {
                    List<String> items = new ArrayList<>();
                    input.list("[]string", () -> items.add(input.string("none")));
                    values.put(name, items);
                }
                case "nested" -> input.object("api.N", inner -> values.put(inner, input.string("none")));
                case "any" -> values.put(name, String.valueOf(input.any()));
                default -> {}
            }
        });
        return values;
    }

    @Test
    void names_match_in_any_case_and_unknown_fields_and_nulls_are_ignored() {
        assertThat(read("{\"Text\":\"a\",\"other\":{\"x\":[1,{}]},\"whole\":null,\"any\":null}"))
                .containsEntry("text", "a")
                .doesNotContainKey("whole");
    }

    @Test
    void raw_is_the_text_as_it_was_sent() {
        assertThat(read("{\"raw\" : {\"b\": 1, \"a\" :[ \"é\\n\" ]} , \"text\":\"x\"}"))
                .containsEntry("raw", "{\"b\": 1, \"a\" :[ \"é\\n\" ]}")
                .containsEntry("text", "x");
        assertThat(read("{\"raw\":\"long " + "é".repeat(5000) + "\",\"text\":\"x\"}"))
                .containsEntry("raw", "\"long " + "é".repeat(5000) + "\"")
                .containsEntry("text", "x");
        assertThat(read("{\"raw\":-1.5e3}")).containsEntry("raw", "-1.5e3");
    }

    @Test
    void text_after_the_value_is_not_looked_at() {
        assertThat(read("{\"text\":\"a\"} what?")).containsEntry("text", "a");
    }

    @Test
    void malformed_utf8_is_replaced() {
        byte[] bytes = "{\"text\":\"a?b\"}".getBytes(StandardCharsets.UTF_8);
        bytes[10] = (byte) 0xff;

        assertThat(read(bytes)).containsEntry("text", "a\ufffdb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":1} | json: cannot unmarshal number into Go struct field T.text of type string",
                "{\"text\":true} | json: cannot unmarshal bool into Go struct field T.text of type string",
                "{\"whole\":1.5} | json: cannot unmarshal number 1.5 into Go struct field T.whole of type int",
                "{\"nested\":{\"Inner\":[]}} | json: cannot unmarshal array into Go struct field T.nested.Inner of type string",
                "{\"list\":{}} | json: cannot unmarshal object into Go struct field T.list of type []string",
                "\"x\" | json: cannot unmarshal string into Go value of type api.T",
                "{\"text\":1,\"whole\":\"x\"} | json: cannot unmarshal number into Go struct field T.text of type string",
                "{\"text\":1, | unexpected EOF",
                "{\"text\":\"a | unexpected EOF",
                "{text:1} | invalid character 't' looking for beginning of object key string",
                "{\"text\" 1} | invalid character '1' after object key",
                "{\"text\":tru} | invalid character '}' in literal true (expecting 'e')",
                "{\"text\":01} | invalid character '1' after object key:value pair",
                "{\"text\":-} | invalid character '}' in numeric literal",
                "{\"text\":1.} | invalid character '}' after decimal point in numeric literal",
                "{\"text\":1e} | invalid character '}' in exponent of numeric literal",
                "{\"list\":[1 2]} | invalid character '2' after array element",
                "{\"list\":[1,]} | invalid character ']' looking for beginning of value",
                "{\"text\":\"\\x\"} | invalid character 'x' in string escape code",
                "{\"text\":\"\\u12g4\"} | invalid character 'g' in \\u hexadecimal character escape",
                "'x' | invalid character '\\'' looking for beginning of value",
            })
    void problem_is_worded_as_go_does(String json, String problem) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(JsonFailure.class).hasMessage(problem);
    }

    @Test
    void control_characters_in_strings_are_refused() {
        assertThatThrownBy(() -> read("{\"text\":\"a\nb\"}")).hasMessage("invalid character '\\n' in string literal");
    }

    @Test
    void depth_is_limited() {
        assertThatThrownBy(() -> read("{\"any\":" + "[".repeat(100_000)))
                .isInstanceOf(JsonFailure.class)
                .hasMessage("exceeded max depth");
        assertThatCode(() -> read("{\"any\":" + "[".repeat(150) + "]".repeat(150) + "}"))
                .doesNotThrowAnyException();
    }

    @Test
    void empty_text_is_missing() {
        assertThatThrownBy(() -> read(" \n")).isInstanceOf(JsonInput.Missing.class);
    }

    @Test
    void damaged_text_is_read_or_refused_but_nothing_else() {
        byte[] whole = ("{\"text\":\"a\\u00e9\",\"whole\":12,\"raw\":{\"x\":[1,2.5e3,null]},\"list\":[\"a\",\"b\"],"
                        + "\"nested\":{\"k\":\"v\"},\"any\":[true,{\"q\":\"\\ud83d\\ude00\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = whole.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
            try {
                read(cut);
            } catch (JsonFailure | JsonInput.Missing e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void go_and_jackson_agree_on_what_is_json() {
        Random random = new Random(7);
        String alphabet = "{}[]\":,0123456789.eE+-truefalsn \\u\"";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder("{\"any\":");
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.append('}');
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            boolean read;
            try {
                read(bytes);
                read = true;
            } catch (JsonFailure e) {
                read = e.getMessage().startsWith("json:");
            }
            assertThat(GoSyntax.problem(bytes, bytes.length).isEmpty())
                    .as(text.toString())
                    .isEqualTo(read);
        }
    }
}
