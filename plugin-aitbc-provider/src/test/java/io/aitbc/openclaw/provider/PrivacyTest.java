package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a request reaches the network. */
@Timeout(30)
class PrivacyTest {
    private static final String SECRET = "jane@example.org";

    @TempDir
    Path folder;

    private static RequestContext context(PrivacyClass privacy) {
        return new RequestContext("r1", privacy, Optional.empty());
    }

    /** The secret in every place a request has. */
    private static ChatRequest everywhere() {
        ChatMessage calling = new ChatMessage(
                Role.ASSISTANT,
                "I mail " + SECRET,
                Optional.of("mail " + SECRET),
                List.of(),
                List.of(new ToolCall("1", "send", "{\"to\":\"jane\\u0040example.org\"}")),
                Optional.empty(),
                Optional.empty());
        ChatMessage result = new ChatMessage(
                Role.TOOL,
                "sent to " + SECRET,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of("send"),
                Optional.of("1"));
        return new ChatRequest(
                Network.MODEL,
                List.of(ChatMessage.of(Role.SYSTEM, "You serve " + SECRET), ChatMessage.user(SECRET), calling, result),
                List.of(new ToolDefinition(
                        "send",
                        "{\"type\":\"function\",\"function\":{\"name\":\"send\",\"description\":\"for " + SECRET
                                + "\"}}")),
                InferenceSettings.of(GenerationOptions.of("stop", List.of("Bye, joe@example.org"))),
                context(PrivacyClass.REDACTED));
    }

    @Test
    void a_job_carries_no_value_that_was_recognised_in_any_place() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.completeWith("Sent to [EMAIL_1].");

            Departure departure = network.provider.preview(everywhere()).orElseThrow();
            List<InferenceEvent> events = Answers.drain(network.provider.chat(everywhere()));

            String sent = network.coordinator.onlyJob().submission.toString();
            assertThat(sent)
                    .doesNotContain("jane")
                    .doesNotContain("joe")
                    .doesNotContain("example.org")
                    .contains("[EMAIL_1]");
            assertThat(departure.transport()).isEqualTo("job");
            assertThat(departure.text()).isEqualTo(network.coordinator.onlyJob().payload("prompt"));
            assertThat(Answers.text(events)).isEqualTo("Sent to jane@example.org.");
            assertThat(Network.job(events).redactions())
                    .isEqualTo(departure.redactions())
                    .containsEntry("email", 2);
        }
    }

    @Test
    void without_the_class_nothing_is_changed() throws Exception {
        try (Network network = new Network(folder)) {
            Answers.drain(network.provider.generate(GenerateRequest.of(
                    Network.MODEL, SECRET, InferenceSettings.defaults(), context(PrivacyClass.NETWORK_ALLOWED))));

            assertThat(network.coordinator.onlyJob().payload("prompt")).isEqualTo(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            local-only                                | NETWORK_ALLOWED | LOCAL_ONLY
            redact                                    | NETWORK_ALLOWED | REDACTED
            redact                                    | LOCAL_ONLY      | LOCAL_ONLY
            network-allowed                           | REDACTED        | REDACTED
            llama3.2*=redact, local-only              | NETWORK_ALLOWED | REDACTED
            gpt*=network-allowed, local-only          | NETWORK_ALLOWED | LOCAL_ONLY
            LLAMA3.2:1B=local-only                    | NETWORK_ALLOWED | LOCAL_ONLY
            llama=local-only                          | NETWORK_ALLOWED | NETWORK_ALLOWED
            *3.2*=redact                              | NETWORK_ALLOWED | REDACTED
            """)
    void the_operator_sets_the_least_privacy_of_a_model(String setting, PrivacyClass asked, PrivacyClass holds)
            throws Exception {
        try (Network network = new Network(folder, "privacy", setting)) {
            GenerateRequest request =
                    GenerateRequest.of(Network.MODEL, SECRET, InferenceSettings.defaults(), context(asked));
            if (holds == PrivacyClass.LOCAL_ONLY) {
                Failures.assertFails(ErrorCode.UNSUPPORTED, () -> network.provider.generate(request));
                assertThat(network.coordinator.allJobs()).isEmpty();
            } else {
                String text = network.provider.preview(request).orElseThrow().text();
                assertThat(text).isEqualTo(holds == PrivacyClass.REDACTED ? "[EMAIL_1]" : SECRET);
            }
        }
    }

    @Test
    void a_class_nobody_knows_is_a_mistake_in_the_settings() {
        assertThat(Failures.assertFails(
                        ErrorCode.INVALID_CONFIG, () -> new Network(folder, "privacy", "*=secret").close()))
                .hasMessageContaining("privacy must be local-only");
    }

    @Test
    void what_cannot_be_redacted_does_not_leave() throws Exception {
        try (Network network = new Network(folder)) {
            InferenceSettings plain = InferenceSettings.defaults();
            GenerateRequest picture = new GenerateRequest(
                    Network.MODEL,
                    "x",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    false,
                    List.of("aW1n"),
                    plain,
                    context(PrivacyClass.REDACTED));
            GenerateRequest tokens = new GenerateRequest(
                    Network.MODEL,
                    "x",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(1),
                    false,
                    List.of(),
                    plain,
                    context(PrivacyClass.REDACTED));

            for (GenerateRequest request : List.of(picture, tokens)) {
                assertThat(Failures.assertFails(ErrorCode.UNSUPPORTED, () -> network.provider.generate(request)))
                        .hasMessageContaining("cannot be redacted");
            }
            assertThat(network.coordinator.allJobs()).isEmpty();
        }
    }
}
