package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallParserTest {
    private final AtomicInteger count = new AtomicInteger();
    private final ToolCallParser parser = new ToolCallParser(
            List.of(new ToolDefinition("now", "{}"), new ToolDefinition("add", "{}")),
            () -> "call_" + count.incrementAndGet());

    @Test
    void calls_are_taken_out_of_the_text() {
        ToolCallParser.Parsed parsed =
                parser.parse("First.\n<tool_call>\n{\"name\":\"now\",\"arguments\":{}}\n</tool_call>\nThen.\n"
                        + "<tool_call>{\"name\":\"add\",\"parameters\":{\"a\":1,\"b\":2.50}}</tool_call>");

        assertThat(parsed.calls())
                .containsExactly(
                        new ToolCall("call_1", "now", "{}"), new ToolCall("call_2", "add", "{\"a\":1,\"b\":2.50}"));
        assertThat(parsed.text()).isEqualTo("First.\n\nThen.");
    }

    @Test
    void an_answer_that_is_nothing_but_a_call_needs_no_tags() {
        assertThat(parser.parse(" {\"name\":\"now\",\"arguments\":\"{}\"}\n").calls())
                .containsExactly(new ToolCall("call_1", "now", "{}"));
    }

    @Test
    void a_call_whose_end_tag_is_missing_still_counts() {
        assertThat(parser.parse("<tool_call>{\"name\":\"now\",\"arguments\":{}}")
                        .calls())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text",
                "<tool_call>{\"name\":\" \",\"arguments\":{}}</tool_call>",
                "<tool_call>{\"name\":\"now\",\"arguments\":[]}</tool_call>",
                "<tool_call>{\"name\":\"now\"}</tool_call>",
                "<tool_call>not json</tool_call>",
                "<tool_call>",
                "{\"name\":\"unknown\",\"arguments\":{}}",
                "{\"answer\":42}"
            })
    void what_is_no_call_stays_text(String answer) {
        ToolCallParser.Parsed parsed = parser.parse(answer);
        assertThat(parsed.calls()).isEmpty();
        assertThat(parsed.text()).isEqualTo(answer);
    }

    @Test
    void a_call_of_a_tool_nobody_offered_is_passed_on_for_its_owner_to_refuse() {
        assertThat(parser.parse("<tool_call>{\"name\":\"unknown\",\"arguments\":{}}</tool_call>")
                        .calls())
                .containsExactly(new ToolCall("call_1", "unknown", "{}"));
    }

    @Test
    void without_tools_nothing_is_looked_for() {
        String answer = "<tool_call>{\"name\":\"now\",\"arguments\":{}}</tool_call>";
        assertThat(new ToolCallParser(List.of(), () -> "x").parse(answer).text())
                .isEqualTo(answer);
    }

    @Test
    void no_text_breaks_the_parser() {
        Random random = new Random(7);
        String[] pieces = {
            "<tool_call>", "</tool_call>", "{", "}", "\"name\":\"now\"", ",", "\"arguments\":", "1e99999", "x"
        };
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(10); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(parser.parse(text.toString())).as(text.toString()).isNotNull();
        }
    }
}
