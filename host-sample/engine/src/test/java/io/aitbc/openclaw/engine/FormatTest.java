package io.aitbc.openclaw.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.OutputFormat;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers under a format are always what the format asks for. */
class FormatTest {
    private static final String PERSON = """
            {"type":"object","properties":{"name":{"type":"string","maxLength":20},"age":{"type":"integer"}},
             "required":["name","age"]}""";

    private static EmbeddedEngine engine;

    @BeforeAll
    static void open(@TempDir Path directory) {
        engine = EmbeddedEngine.open(EmbeddedEngineOptions.in(directory));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Asking.Answer ask(String prompt, OutputFormat format, GenerationOptions options) {
        return Asking.answer(engine.chat(Asking.chat(Asking.formatted(options, format), prompt)));
    }

    @Test
    void greedy_answer_fits_the_schema() {
        Asking.Answer answer =
                ask("Tom is 75 years old. Respond using JSON", new OutputFormat.Schema(PERSON), Asking.greedy(100));

        assertThat(answer.end().reason()).isEqualTo(FinishReason.STOP);
        JsonNode json = JsonMapper.shared().readTree(answer.text());
        assertThat(json.propertyNames()).containsExactly("name", "age");
        assertThat(json.path("name").isString()).isTrue();
        assertThat(json.path("age").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void hot_random_answers_still_fit_the_schema(long seed) {
        String schema = """
                {"type":"object","properties":{
                   "color":{"enum":["red","green",7,null]},
                   "tags":{"type":"array","items":{"type":"string","minLength":1,"maxLength":6},"minItems":1,"maxItems":3},
                   "size":{"anyOf":[{"type":"null"},{"type":"number"}]},
                   "next":{"$ref":"#/$defs/Leaf"},
                   "fixed":{"const":{"a":[1,true]}},
                   "open":{"type":"boolean"}},
                 "required":["color","tags","fixed"],"additionalProperties":false,
                 "$defs":{"Leaf":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}}""";
        GenerationOptions options = GenerationOptions.of("temperature", 3.0)
                .with("top_k", 0L)
                .with("top_p", 1.0)
                .with("seed", seed)
                .with("num_predict", 400L);

        Asking.Answer answer = ask("Tell me something.", new OutputFormat.Schema(schema), options);

        assertThat(answer.end().reason()).as(answer.text()).isEqualTo(FinishReason.STOP);
        JsonNode json = JsonMapper.shared().readTree(answer.text());
        assertThat(json.propertyNames()).contains("color", "tags", "fixed");
        assertThat(json.path("color").toString()).isIn("\"red\"", "\"green\"", "7", "null");
        assertThat(json.path("tags").size()).isBetween(1, 3);
        json.path("tags")
                .forEach(tag -> assertThat(tag.stringValue()
                                .codePointCount(0, tag.stringValue().length()))
                        .isBetween(1, 6));
        assertThat(json.path("fixed").toString()).isEqualTo("{\"a\":[1,true]}");
        if (json.has("next")) {
            assertThat(json.at("/next/n").isIntegralNumber()).isTrue();
        }
        if (json.has("size")) {
            assertThat(json.path("size").isNull() || json.path("size").isNumber())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void json_format_gives_a_parseable_object(long seed) {
        GenerationOptions options =
                GenerationOptions.of("temperature", 1.2).with("seed", seed).with("num_predict", 300L);

        Asking.Answer answer = ask("Anna lives in Rome. Answer in JSON.", new OutputFormat.Json(), options);

        if (answer.end().reason() == FinishReason.STOP) {
            assertThat(JsonMapper.shared().readTree(answer.text()).isObject()).isTrue();
        } else {
            assertThat(answer.end().usage().outputTokens()).hasValue(300);
        }
    }

    @Test
    void running_out_of_tokens_ends_with_length() {
        Asking.Answer answer = ask("Tell me a story.", new OutputFormat.Schema(PERSON), Asking.greedy(3));

        assertThat(answer.end().reason()).isEqualTo(FinishReason.LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"string\",\"pattern\":\"^a\"}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":3}}}",
                "{\"allOf\":[{}]}",
                "{\"$ref\":\"http://example.com/schema\"}",
                "{\"$ref\":\"#/$defs/None\"}",
                "{\"$ref\":\"#\"}",
                "{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]}",
                "{\"type\":\"tuple\"}",
                "{\"enum\":[]}",
                "{\"type\":\"string\",\"enum\":[1]}",
                "{\"type\":\"array\",\"minItems\":3,\"maxItems\":2}",
                "{\"type\":\"string\",\"maxLength\":1000000000}",
                "false",
                "\"xml\"",
                "{"
            })
    void schemas_that_cannot_be_followed_are_refused(String schema) {
        assertThatThrownBy(() -> ask("Hello", new OutputFormat.Schema(schema), Asking.greedy(5)))
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageStartingWith("invalid format: ");
    }

    @Test
    void recursive_schemas_are_followed() {
        String schema = """
                {"type":"object","properties":{"value":{"type":"integer"},
                  "children":{"type":"array","items":{"$ref":"#"},"maxItems":2}},"required":["value"]}""";

        Asking.Answer answer = ask("Give me a tree.", new OutputFormat.Schema(schema), Asking.greedy(300));

        if (answer.end().reason() == FinishReason.STOP) {
            assertThat(JsonMapper.shared().readTree(answer.text()).path("value").isIntegralNumber())
                    .isTrue();
        }
        assertThat(answer.text()).startsWith("{");
    }
}
