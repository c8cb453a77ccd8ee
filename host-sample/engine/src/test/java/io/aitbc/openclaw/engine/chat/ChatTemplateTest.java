package io.aitbc.openclaw.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.engine.gguf.TestModels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {
    private static final ChatTemplate WREN =
            ChatTemplate.of(TestModels.wren().metadata().requiredText("tokenizer.chat_template"));

    @Test
    void plain_conversation() {
        List<ChatMessage> messages = List.of(
                ChatMessage.of(Role.SYSTEM, "Be brief."),
                ChatMessage.user("Hello"),
                ChatMessage.of(Role.ASSISTANT, "Hi!"),
                ChatMessage.user("Bye"));

        assertThat(WREN.conversation(messages, List.of()).text()).isEqualTo("""
                        <|im_start|>system
                        Be brief.<|im_end|>
                        <|im_start|>user
                        Hello<|im_end|>
                        <|im_start|>assistant
                        Hi!<|im_end|>
                        <|im_start|>user
                        Bye<|im_end|>
                        <|im_start|>assistant
                        """);
    }

    @Test
    void tools_calls_and_results() {
        ChatMessage calls = new ChatMessage(
                Role.ASSISTANT,
                "Wait.",
                Optional.empty(),
                List.of(),
                List.of(new ToolCall("1", "f", "{\"a\":[1,2]}"), new ToolCall("2", "g", "{}")),
                Optional.empty(),
                Optional.empty());
        List<ChatMessage> messages = List.of(
                ChatMessage.of(Role.SYSTEM, "You are Wren."),
                ChatMessage.user("Do it"),
                calls,
                ChatMessage.of(Role.TOOL, "done"));
        ToolDefinition tool = new ToolDefinition("f", "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}");

        assertThat(WREN.conversation(messages, List.of(tool)).text()).isEqualTo("""
                        <|im_start|>system
                        You are Wren.

                        You may call tools. Tools:
                        <tools>
                        {"type": "function", "function": {"name": "f"}}
                        </tools>
                        To call a tool, answer with:
                        <tool_call>
                        {"name": name, "arguments": arguments}
                        </tool_call><|im_end|>
                        <|im_start|>user
                        Do it<|im_end|>
                        <|im_start|>assistant
                        Wait.
                        <tool_call>
                        {"name": "f", "arguments": {"a": [1, 2]}}
                        </tool_call>
                        <tool_call>
                        {"name": "g", "arguments": {}}
                        </tool_call><|im_end|>
                        <|im_start|>user
                        <tool_response>
                        done
                        </tool_response><|im_end|>
                        <|im_start|>assistant
                        """);
    }

    @Test
    void single_prompt_with_and_without_a_system_prompt() {
        assertThat(WREN.single(Optional.empty(), "Hi").text())
                .isEqualTo("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
        assertThat(WREN.single(Optional.of("S"), "Hi").text()).startsWith("<|im_start|>system\nS<|im_end|>\n");
    }

    @Test
    void chatml_of_others_is_known_without_tools_and_with_its_default_system_prompt() {
        ChatTemplate other = ChatTemplate.of("{% for message in messages %}{% if loop.first %}"
                + "{{ '<|im_start|>system\\nYou are SmolLM<|im_end|>\\n' }}{% endif %}"
                + "{{'<|im_start|>' + message['role'] + '<|im_end|>'}}{% endfor %}");

        assertThat(other.knowsTools()).isFalse();
        assertThat(other.conversation(List.of(ChatMessage.user("Hi")), List.of())
                        .text())
                .isEqualTo("<|im_start|>system\nYou are SmolLM<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
                        + "<|im_start|>assistant\n");
    }

    @Test
    void unknown_templates_are_refused_and_missing_ones_complete_plain_text() {
        ChatTemplate unknown = ChatTemplate.of("[INST] {{ prompt }} [/INST]");
        ChatTemplate none = ChatTemplate.of("");

        for (ChatTemplate template : List.of(unknown, none)) {
            assertThatThrownBy(() -> template.conversation(List.of(ChatMessage.user("Hi")), List.of()))
                    .isInstanceOfSatisfying(
                            OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
        }
        assertThat(none.single(Optional.empty(), "Once").text()).isEqualTo("Once");
    }

    @Test
    void tools_that_are_no_json_are_refused() {
        assertThatThrownBy(() -> WREN.conversation(
                        List.of(ChatMessage.user("Hi")), List.of(new ToolDefinition("f", "{\"type\""))))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("tool 'f'");
    }
}
