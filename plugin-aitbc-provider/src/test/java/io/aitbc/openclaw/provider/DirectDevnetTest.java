package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.devnet.MinerOptions;
import io.aitbc.openclaw.devnet.Profile;
import io.aitbc.openclaw.devnet.Quirk;
import io.aitbc.openclaw.provider.chain.EscrowView;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Direct answers of the devnet's miner, paid on the devnet's chain. */
@Timeout(60)
class DirectDevnetTest {
    @TempDir
    Path folder;

    private DevnetNetwork network;

    @BeforeEach
    void start() {
        network = network(folder, Profile.CURRENT);
    }

    private static DevnetNetwork network(Path folder, Profile profile, String... more) {
        List<String> config = new ArrayList<>(List.of(
                "transport",
                "direct",
                "direct",
                "paid",
                "direct-first-byte-timeout",
                "700ms",
                "direct-idle-timeout",
                "5s"));
        config.addAll(List.of(more));
        return new DevnetNetwork(
                folder,
                DevnetOptions.defaults()
                        .withProfile(profile)
                        .withMiners(List.of(MinerOptions.of("open").withPublicEndpoint(true))),
                config.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        network.close();
    }

    private String escrow(String reference) {
        return escrow(network, reference).orElseThrow().state();
    }

    private static Optional<EscrowView> escrow(DevnetNetwork network, String reference) {
        return network.services().chain().orElseThrow().escrow(reference, new CallScope());
    }

    @Test
    void an_answer_streams_from_the_miner_and_its_escrow_is_released() {
        JobRecord job = Network.job(network.ask());

        assertThat(job.transport()).isEqualTo("direct");
        assertThat(job.miner()).contains("open");
        assertThat(job.cost().units()).isPositive();
        assertThat(network.payment().state()).isEqualTo(PaymentRecord.State.SETTLED);
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
        network.devnet.enable(quirk);

        Failures.assertFails(code, network::ask);

        await().until(() -> network.payment().state() == PaymentRecord.State.RELEASED);
        assertThat(escrow(network.payment().reference())).isEqualTo("refunded");
        network.devnet.disable(quirk);
    }

    /** As it gets no job: the money of a direct answer would be in the hands of the same old network. */
    @ParameterizedTest
    @EnumSource(Profile.class)
    void nothing_is_paid_directly_where_the_coordinator_is_older_than_is_allowed(Profile spoken) {
        try (DevnetNetwork strict = network(folder.resolve("strict"), spoken, "lowest-profile", "current")) {
            if (spoken == Profile.CURRENT) {
                assertThat(Network.job(strict.ask()).cost().units()).isPositive();
                return;
            }
            assertThat(Failures.assertFails(ErrorCode.INVALID_CONFIG, strict::ask))
                    .hasMessageContaining("the protocol 'march', and none older than 'current' is used")
                    .hasMessageContaining("nothing was paid");

            assertThat(strict.payment().state()).isEqualTo(PaymentRecord.State.RELEASED);
            assertThat(escrow(strict, strict.payment().reference())).isEmpty();
        }
        try (DevnetNetwork lenient = network(folder.resolve("lenient"), spoken, "lowest-profile", "march")) {
            assertThat(Network.job(lenient.ask()).cost().units()).isPositive();
        }
    }
}
