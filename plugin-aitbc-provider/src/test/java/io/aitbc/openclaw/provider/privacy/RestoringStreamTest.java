package io.aitbc.openclaw.provider.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.ToolCall;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.ScriptedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoringStreamTest {
    private final Redaction redaction =
            Redactor.of(PluginConfig.empty("plugins.aitbc-provider")).begin();

    private RestoringStream stream(InferenceEvent... events) {
        List<ScriptedStream.Step> steps = new ArrayList<>();
        for (InferenceEvent event : events) {
            steps.add(new ScriptedStream.Step.Emit(event));
        }
        JobRecord job = new JobRecord(
                "aitbc",
                "job1",
                Optional.empty(),
                Optional.empty(),
                TokenAmount.zero(Rail.AITBC),
                Optional.empty(),
                Optional.empty(),
                AssuranceLevel.NONE,
                List.of("a"));
        steps.add(ScriptedStream.finish(Optional.of(job)));
        return new RestoringStream(new ScriptedStream(steps), redaction);
    }

    private List<InferenceEvent> restored(InferenceEvent... events) {
        return Answers.drain(stream(events));
    }

    @Test
    void placeholders_are_replaced_however_the_text_is_cut() {
        redaction.redact("a@x.org b@x.org");
        String answer = "Write [EMAIL_1], or [EMAIL_2][x] not [EMAIL_3] [EMAI";
        for (int size = 1; size < 12; size++) {
            List<InferenceEvent> events = new ArrayList<>();
            for (int i = 0; i < answer.length(); i += size) {
                events.add(new InferenceEvent.Text(answer.substring(i, Math.min(answer.length(), i + size))));
            }
            assertThat(Answers.text(restored(events.toArray(InferenceEvent[]::new))))
                    .isEqualTo("Write a@x.org, or b@x.org[x] not [EMAIL_3] [EMAI");
        }
    }

    @Test
    void text_that_cannot_become_a_placeholder_is_not_held_back() {
        redaction.redact("a@x.org");
        RestoringStream stream = stream(new InferenceEvent.Text("a[0] = [E"), new InferenceEvent.Text("MAIL_1]"));

        assertThat(stream.next()).isEqualTo(new InferenceEvent.Text("a[0] = "));
        assertThat(stream.next()).isEqualTo(new InferenceEvent.Text("a@x.org"));
    }

    @Test
    void reasoning_and_calls_are_restored_too() {
        redaction.redact("\"q\" <a@x.org>");

        List<InferenceEvent> events = restored(
                new InferenceEvent.Thinking("ask [EMA"),
                new InferenceEvent.Thinking("IL_1]"),
                new InferenceEvent.ToolCalls(List.of(new ToolCall("1", "send", "{\"to\":\"[EMAIL_1]\"}"))));

        assertThat(events.get(1)).isEqualTo(new InferenceEvent.Thinking("a@x.org"));
        assertThat(events.get(2))
                .isEqualTo(new InferenceEvent.ToolCalls(List.of(new ToolCall("1", "send", "{\"to\":\"a@x.org\"}"))));
    }

    @Test
    void the_record_says_how_many_of_which_kind_and_never_what() {
        redaction.redact("a@x.org b@x.org 10.0.0.1");

        JobRecord job = Answers.finished(restored()).job().orElseThrow();

        assertThat(job.redactions()).isEqualTo(Map.of("email", 2, "private_ip", 1));
        assertThat(job.notProven()).hasSize(2).last().asString().contains("known form");
        assertThat(job.toString()).doesNotContain("x.org");
    }
}
