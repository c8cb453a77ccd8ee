package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.RequestContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AitbcInferenceProviderTest {
    @TempDir
    Path folder;

    @Test
    void a_chat_becomes_a_paid_job_and_its_answer_says_what_it_cost() throws Exception {
        try (ScriptedCoordinator coordinator = new ScriptedCoordinator();
                TestingPluginContext context =
                        new TestingPluginContext(folder, ScriptedCoordinator.config(coordinator));
                InferenceProvider provider = new AitbcInferenceProviderFactory().create(context)) {
            Answers answers = Answers.readAll(provider.chat(new ChatRequest(
                    "aitbc/llama3.2:1b",
                    List.of(ChatMessage.user("Say hi")),
                    List.of(),
                    InferenceSettings.defaults(),
                    RequestContext.of("r1"))));

            assertThat(answers.text()).isEqualTo("Hello there");
            assertThat(answers.job().cost()).hasToString("0.02 AIT");
            assertThat(answers.job().miner()).contains("miner-a");
            assertThat(answers.job().jobId()).isEqualTo("job1");
            assertThat(coordinator.onlyJob().payload("prompt")).isEqualTo("Say hi");
        }
    }
}
