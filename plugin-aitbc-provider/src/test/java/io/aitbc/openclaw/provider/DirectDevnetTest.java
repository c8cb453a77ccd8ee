package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.devnet.MinerOptions;
import io.aitbc.openclaw.devnet.Quirk;
import io.aitbc.openclaw.provider.chain.ChainClient;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Direct answers of the devnet's miner, paid on the devnet's chain. */
@Timeout(60)
class DirectDevnetTest {
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
        devnet = Devnet.start(
                DevnetOptions.defaults()
                        .withMiners(List.of(MinerOptions.of("open").withPublicEndpoint(true))),
                engine);
        context = new FolderContext(
                folder,
                Map.of(
                        "coordinator-url", devnet.coordinatorUrl(),
                        "marketplace-url", devnet.marketplaceUrl(),
                        "chain-url", devnet.chainUrl(),
                        "wallet-key", ScriptedCoordinator.KEY,
                        "transport", "direct",
                        "direct", "paid",
                        "direct-first-byte-timeout", "700ms",
                        "direct-idle-timeout", "500ms",
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

    private JobRecord ask() {
        return Network.job(Answers.drain(provider.chat(new ChatRequest(
                "aitbc/tiny:latest",
                List.of(ChatMessage.user("Say hi")),
                List.of(),
                InferenceSettings.defaults(),
                RequestContext.of("r1")))));
    }

    private PaymentRecord payment() {
        return account.history(1).getFirst();
    }

    private String escrow(String reference) {
        AitbcSettings settings = AitbcSettings.of(context.config());
        ChainClient chain =
                Services.of(context, settings, new Random(1)).chain().orElseThrow();
        return chain.escrow(reference, new CallScope()).orElseThrow().state();
    }

    @Test
    void an_answer_streams_from_the_miner_and_its_escrow_is_released() {
        JobRecord job = ask();

        assertThat(job.transport()).isEqualTo("direct");
        assertThat(job.miner()).contains("open");
        assertThat(job.cost().units()).isPositive();
        assertThat(payment().state()).isEqualTo(PaymentRecord.State.SETTLED);
        assertThat(escrow(job.jobId())).isEqualTo("released");
    }

    @ParameterizedTest
    @CsvSource({
        "ENDPOINT_REDIRECTS, PROVIDER_FAILED",
        "ENDPOINT_HANGS, FIRST_BYTE_TIMEOUT",
        "ENDPOINT_ENDLESS, MALFORMED_ANSWER",
        "ENDPOINT_CUT, STREAM_CUT",
        "ENDPOINT_LIES, MODEL_SUBSTITUTED"
    })
    void an_endpoint_that_misbehaves_is_a_typed_failure_and_the_money_comes_back(Quirk quirk, ErrorCode code) {
        devnet.enable(quirk);

        Failures.assertFails(code, this::ask);

        await().until(() -> payment().state() == PaymentRecord.State.RELEASED);
        assertThat(escrow(payment().reference())).isEqualTo("refunded");
        devnet.disable(quirk);
    }
}
