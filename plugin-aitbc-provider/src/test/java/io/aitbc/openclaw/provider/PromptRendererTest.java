package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptRendererTest {
    @Test
    void a_lone_user_message_is_sent_as_it_is() {
        assertThat(PromptRenderer.chat(List.of(ChatMessage.user("Say hi\n")), List.of()))
                .isEqualTo("Say hi\n");
    }

    @Test
    void a_system_text_goes_before_the_question() {
        assertThat(PromptRenderer.chat(
                        List.of(ChatMessage.of(Role.SYSTEM, "Be brief."), ChatMessage.user("Hi")), List.of()))
                .isEqualTo("Be brief.\n\nHi");
        assertThat(PromptRenderer.completion(Optional.of("Be brief."), "Hi")).isEqualTo("Be brief.\n\nHi");
        assertThat(PromptRenderer.completion(Optional.of(" "), "Hi")).isEqualTo("Hi");
    }

    @Test
    void a_conversation_is_written_turn_by_turn_and_ends_with_the_assistants_turn() {
        assertThat(PromptRenderer.chat(
                        List.of(
                                ChatMessage.of(Role.SYSTEM, "Be brief."),
                                ChatMessage.user("2+2?"),
                                ChatMessage.of(Role.ASSISTANT, "4"),
                                ChatMessage.user("And 3+3?")),
                        List.of()))
                .isEqualTo("Be brief.\n\nUser: 2+2?\n\nAssistant: 4\n\nUser: And 3+3?\n\nAssistant:");
    }

    @Test
    void tools_calls_and_their_results_are_written_in_the_hermes_form() {
        ToolDefinition tool = new ToolDefinition("now", "{\"type\":\"function\",\"function\":{\"name\":\"now\"}}");
        ChatMessage call = new ChatMessage(
                Role.ASSISTANT,
                "",
                Optional.empty(),
                List.of(),
                List.of(new ToolCall("c1", "now", "{\"zone\":\"UTC\"}")),
                Optional.empty(),
                Optional.empty());
        ChatMessage result = new ChatMessage(
                Role.TOOL, "12:00", Optional.empty(), List.of(), List.of(), Optional.of("now"), Optional.of("c1"));

        assertThat(PromptRenderer.chat(List.of(ChatMessage.user("Time?"), call, result), List.of(tool)))
                .isEqualTo("""
                        You may call tools. Tools:
                        <tools>
                        {"type":"function","function":{"name":"now"}}
                        </tools>
                        To call a tool, answer with:
                        <tool_call>
                        {"name": name, "arguments": arguments}
                        </tool_call>

                        User: Time?

                        Assistant: <tool_call>
                        {"name": "now", "arguments": {"zone":"UTC"}}
                        </tool_call>

                        User: <tool_response>
                        12:00
                        </tool_response>

                        Assistant:""");
    }
}
