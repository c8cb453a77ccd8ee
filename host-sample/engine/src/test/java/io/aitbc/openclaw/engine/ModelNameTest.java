package io.aitbc.openclaw.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
    @ParameterizedTest
    @CsvSource({
        "llama3, llama3:latest",
        "Llama3:8B, llama3:8b",
        "registry.ollama.ai/library/llama3, llama3:latest",
        "library/llama3:8b, llama3:8b",
        "me/llama3, me/llama3:latest",
        "127.0.0.1:5000/me/llama3:x, 127.0.0.1:5000/me/llama3:x",
        "hf.co/me/My.Model-GGUF:Q8_0, hf.co/me/my.model-gguf:q8_0"
    })
    void names_get_their_defaults(String text, String name) {
        assertThat(ModelName.parse(text)).map(ModelName::text).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", ":", "a:", ":b", "a:b:c", "/a", "a/", "a@b", "../x", "a//b", "-a", "n.s/a"})
    void texts_that_are_no_names(String text) {
        assertThat(ModelName.parse(text)).isEmpty();
    }

    @Test
    void too_long_names_are_none() {
        assertThat(ModelName.parse("x".repeat(80))).isPresent();
        assertThat(ModelName.parse("x".repeat(81))).isEmpty();
    }
}
