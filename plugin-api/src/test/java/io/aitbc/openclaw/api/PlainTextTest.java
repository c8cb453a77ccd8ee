package io.aitbc.openclaw.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\r\nb",
                "a\tb",
                "a\u001bb",
                "a\u007fb",
                "a\u0085b",
                "a\u009bb",
                "a\u200bb",
                "a\u200eb",
                "a\u2028b",
                "a\u2029b",
                "a\u202eb",
                "a\u2067b",
                "a\ufeffb",
                "a\ud800b",
                "a\n\u202e\u009bb"
            })
    void what_forges_lines_and_moves_cursors_becomes_a_space(String text) {
        assertThat(PlainText.of(text)).isEqualTo("a b");
        assertThat(PlainText.is(text)).isFalse();
    }

    @Test
    void words_of_all_languages_stay_as_they_are() {
        String text = "größer 模型 модель نموذج \ud83d\ude80 0.6.0-rc.1+b_2";
        assertThat(PlainText.of(text)).isEqualTo(text);
        assertThat(PlainText.is(text)).isTrue();
    }
}
