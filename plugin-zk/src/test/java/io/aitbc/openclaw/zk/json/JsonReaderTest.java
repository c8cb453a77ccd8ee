package io.aitbc.openclaw.zk.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private final JsonReader reader = new JsonReader();

    @Test
    void document_of_more_values_than_fit_into_memory_is_refused() {
        assertThatThrownBy(() -> reader.read("[" + "0,".repeat(JsonReader.MAX_TOKENS) + "0]"))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("not JSON within the limits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "'a'",
                "NaN",
                "[Infinity]",
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "\"\t\"",
                "\"\\x\"",
                "{} {}",
                "{}x",
                "// a\n{}",
                "nul"
            })
    void text_that_is_no_json_document_is_refused(String document) {
        assertThatThrownBy(() -> reader.read(document)).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void a_name_twice_is_refused_even_with_null_values() {
        assertThatThrownBy(() -> reader.read("{\"a\":1,\"b\":2,\"a\":1}"))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("a name stands twice in one object");
        assertThatThrownBy(() -> reader.read("{\"x\":{\"a\":null,\"\\u0061\":null}}"))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void half_a_character_is_kept_in_a_text_and_refused_in_a_name() throws Exception {
        assertThat(reader.read("\"\\ud83d\"")).isEqualTo(new Json.Text("\ud83d"));
        assertThatThrownBy(() -> reader.read("{\"\\ud83d\":1}")).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void numbers_that_no_double_holds_are_refused() {
        assertThatThrownBy(() -> reader.read("1e999")).hasMessage("a number is too large");
    }

    @Test
    void limits_hold_on_size_depth_and_digits() throws Exception {
        assertThat(reader.read("[".repeat(JsonReader.MAX_DEPTH) + "]".repeat(JsonReader.MAX_DEPTH)))
                .isInstanceOf(Json.Items.class);
        int deeper = 100_000;
        assertThatThrownBy(() -> reader.read("[".repeat(deeper) + "]".repeat(deeper)))
                .isInstanceOf(MalformedDocumentException.class);
        assertThat(reader.read("9".repeat(JsonReader.MAX_DIGITS))).isInstanceOf(Json.Whole.class);
        assertThatThrownBy(() -> reader.read("9".repeat(JsonReader.MAX_DIGITS + 1)))
                .isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> reader.read("\"" + "a".repeat(JsonReader.MAX_CHARACTERS) + "\""))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("at most");
    }
}
