package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.devnet.Profile;
import io.aitbc.openclaw.devnet.Quirk;
import java.nio.file.Path;
import java.util.List;
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

    private DevnetNetwork network;

    @BeforeEach
    void start() {
        network = new DevnetNetwork(
                folder,
                DevnetOptions.defaults().withProfile(Profile.MARCH),
                "api-key",
                "march-client",
                "trusted-receipt-keys",
                "",
                "queue-timeout",
                "2s");
    }

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void an_answer_is_bought_with_an_api_key() {
        List<InferenceEvent> events = network.ask();

        assertThat(Answers.text(events)).isNotEmpty();
        assertThat(Answers.finished(events).job().orElseThrow().cost().units()).isPositive();
        assertThat(network.account.history(1).getFirst().state()).isEqualTo(State.SETTLED);
        try (ComputeNetwork compute = new AitbcComputeNetworkFactory().create(network.context)) {
            assertThat(compute.status().protocol()).contains("march");
            assertThat(compute.rates()).extracting(rate -> rate.from()).contains("BTC");
            assertThat(compute.jobs(10)).hasSize(1);
        }
    }

    @Test
    void one_that_is_too_old_by_the_operators_rules_gets_no_job_and_no_money() {
        try (DevnetNetwork strict = new DevnetNetwork(
                folder.resolve("strict"),
                DevnetOptions.defaults().withProfile(Profile.MARCH),
                "api-key",
                "march-client",
                "lowest-profile",
                "current")) {
            assertThat(Failures.assertFails(ErrorCode.INVALID_CONFIG, strict::ask))
                    .hasMessageContaining("the protocol 'march', and none older than 'current' is used")
                    .hasMessageContaining("lowest-profile = march");

            await().until(() -> strict.account.history(1).getFirst().state() == State.RELEASED);
            try (ComputeNetwork compute = new AitbcComputeNetworkFactory().create(strict.context)) {
                assertThat(compute.jobs(10)).isEmpty();
                assertThat(compute.status().problem().orElseThrow()).contains("lowest-profile");
            }
        }
    }

    @Test
    void a_lost_answer_to_a_submission_never_makes_a_second_job() {
        network.ask();
        network.devnet.enable(Quirk.JOB_NEVER_READY);
        network.devnet.enable(Quirk.LOST_POST, 1);

        Failures.failureOf(() -> network.ask());

        await().until(() -> network.account.history(1).getFirst().state() == State.UNKNOWN);
        try (ComputeNetwork compute = new AitbcComputeNetworkFactory().create(network.context)) {
            assertThat(compute.jobs(10)).hasSize(2);
        }
    }
}
