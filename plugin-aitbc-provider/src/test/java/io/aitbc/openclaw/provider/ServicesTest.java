package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedCoordinator.Submit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the extensions of one plugin share. */
@Timeout(30)
class ServicesTest {
    @TempDir
    Path folder;

    @Test
    void provider_and_network_sign_in_once_and_ask_for_the_protocol_once() throws Exception {
        try (Network network = new Network(folder);
                ComputeNetwork compute = new AitbcComputeNetworkFactory().create(network.context)) {
            network.ask();

            assertThat(compute.jobs(10)).hasSize(1);
            assertThat(compute.status().protocol()).contains("current");

            assertThat(network.coordinator.logins).isEqualTo(1);
            assertThat(ScriptedCoordinator.only(network.coordinator.requests, "GET /v1/jobs"))
                    .as("the question and the list")
                    .hasSize(2);
        }
    }

    @Test
    void a_network_that_is_closed_leaves_the_connections_to_the_others() throws Exception {
        try (Network network = new Network(folder)) {
            new AitbcComputeNetworkFactory().create(network.context).close();

            assertThat(network.ask()).isNotEmpty();
        }
    }

    @Test
    void all_extensions_keep_their_books_in_one_ledger() throws Exception {
        try (Network network = new Network(folder)) {
            AitbcSettings settings = AitbcSettings.of(network.context.config());

            assertThat(Ledgers.open(network.context, settings)).isSameAs(Ledgers.open(network.context, settings));
        }
    }

    @Test
    void a_limit_one_request_met_holds_back_the_others() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.retryAfter = "60";
            network.coordinator.submits.addAll(List.of(Submit.LIMIT_RATE));
            Failures.assertFails(ErrorCode.OVERLOADED, network::ask);

            Failures.assertFails(ErrorCode.OVERLOADED, network::ask);

            assertThat(network.coordinator.count("POST /v1/jobs")).isEqualTo(1);
        }
    }
}
