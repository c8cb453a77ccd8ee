package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.devnet.Profile;
import io.aitbc.openclaw.devnet.Quirk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole plugin against a coordinator of March 2026. */
@Timeout(60)
class MarchDevnetTest {
    @TempDir
    Path folder;

    private final ScriptedEngine engine =
            new ScriptedEngine("scripted", Models.local("scripted", "tiny:latest", Capability.COMPLETION));
    private Devnet devnet;
    private FolderContext context;
    private InferenceProvider provider;
    private PaymentAccount account;

    @BeforeEach
    void start() {
        devnet = Devnet.start(DevnetOptions.defaults().withProfile(Profile.MARCH), engine);
        context = new FolderContext(
                folder,
                Map.of(
                        "coordinator-url", devnet.coordinatorUrl(),
                        "marketplace-url", devnet.marketplaceUrl(),
                        "wallet-key", ScriptedCoordinator.KEY,
                        "api-key", "march-client",
                        "poll-interval", "20ms",
                        "queue-timeout", "2s",
                        "lost-answer-wait", "200ms",
                        "test-network", "true"));
        provider = new AitbcInferenceProviderFactory().create(context);
        account = new AitbcPaymentAccountFactory().create(context);
    }

    @AfterEach
    void stop() {
        provider.close();
        account.close();
        context.close();
        devnet.close();
        engine.close();
    }

    private InferenceStream ask() {
        return provider.chat(new ChatRequest(
                "aitbc/tiny:latest",
                List.of(ChatMessage.user("Say hi")),
                List.of(),
                InferenceSettings.defaults(),
                RequestContext.of("r")));
    }

    @Test
    void an_answer_is_bought_with_an_api_key() {
        List<InferenceEvent> events = Answers.drain(ask());

        assertThat(Answers.text(events)).isNotEmpty();
        assertThat(Answers.finished(events).job().orElseThrow().cost().units()).isPositive();
        assertThat(account.history(1).getFirst().state()).isEqualTo(State.SETTLED);
        try (ComputeNetwork network = new AitbcComputeNetworkFactory().create(context)) {
            assertThat(network.status().protocol()).contains("march");
            assertThat(network.rates()).extracting(rate -> rate.from()).contains("BTC");
            assertThat(network.jobs(10)).hasSize(1);
        }
    }

    @Test
    void a_lost_answer_to_a_submission_never_makes_a_second_job() {
        Answers.drain(ask());
        devnet.enable(Quirk.JOB_NEVER_READY);
        devnet.enable(Quirk.LOST_POST, 1);

        Failures.failureOf(() -> Answers.drain(ask()));

        await().until(() -> account.history(1).getFirst().state() == State.UNKNOWN);
        try (ComputeNetwork network = new AitbcComputeNetworkFactory().create(context)) {
            assertThat(network.jobs(10)).hasSize(2);
        }
    }
}
