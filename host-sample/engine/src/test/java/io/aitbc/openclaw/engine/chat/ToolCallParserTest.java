package io.aitbc.openclaw.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.ToolCall;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallParserTest {
    private final AtomicInteger ids = new AtomicInteger();
    private final ToolCallParser parser = new ToolCallParser(() -> "call_" + ids.incrementAndGet());

    private String feed(String text, int pieceLength) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i += pieceLength) {
            out.append(parser.add(text.substring(i, Math.min(text.length(), i + pieceLength))));
        }
        return out.append(parser.end()).toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 1000})
    void calls_and_text_are_told_apart_however_they_arrive(int pieceLength) {
        String text = "Let me < see.\n<tool_call>\n{\"name\": \"a\", \"arguments\": {\"x\": 1}}\n</tool_call>\n"
                + "<tool_call>{\"name\":\"b\",\"arguments\":{}}</tool_call> and more words";

        assertThat(feed(text, pieceLength)).isEqualTo("Let me < see.\nand more words");
        assertThat(parser.calls())
                .containsExactly(new ToolCall("call_1", "a", "{\"x\":1}"), new ToolCall("call_2", "b", "{}"));
    }

    @Test
    void text_before_a_call_is_handed_out_at_once() {
        assertThat(parser.add("Hello <tool")).isEqualTo("Hello ");
        assertThat(parser.add("box>")).isEqualTo("<toolbox>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tool_call>not json</tool_call>",
                "<tool_call>{\"arguments\":{}}</tool_call>",
                "<tool_call>{\"name\":7}</tool_call>",
                "<tool_call>{\"name\":\"a\",\"arguments\":[1]}</tool_call>",
                "<tool_call>[]</tool_call>",
                "<tool_call>{\"name\":\"a\",\"argum"
            })
    void blocks_that_are_no_call_stay_text(String block) {
        assertThat(feed("x " + block, 4)).isEqualTo("x " + block);
        assertThat(parser.calls()).isEmpty();
    }

    @Test
    void arguments_are_taken_in_the_forms_models_use() {
        feed(
                "<tool_call>{\"name\":\"a\",\"parameters\":{\"p\":1}}</tool_call>"
                        + "<tool_call>{\"name\":\"b\",\"arguments\":\"{\\\"q\\\":2}\"}</tool_call>"
                        + "<tool_call>{\"name\":\"c\"}</tool_call>"
                        + "<tool_call>{\"name\":\"d\",\"arguments\":{\"r\":3}}",
                9);

        assertThat(parser.calls())
                .extracting(ToolCall::argumentsJson)
                .containsExactly("{\"p\":1}", "{\"q\":2}", "{}", "{\"r\":3}");
    }
}
