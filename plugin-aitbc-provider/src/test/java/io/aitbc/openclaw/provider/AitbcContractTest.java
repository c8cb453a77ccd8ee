package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.contract.ComputeNetworkContract;
import io.aitbc.openclaw.contract.InferenceProviderContract;
import io.aitbc.openclaw.contract.PaymentAccountContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of the extension points, over a scripted coordinator. */
class AitbcContractTest {
    @TempDir
    Path folder;

    private Network network;

    private Network network(String... config) {
        try {
            network = new Network(folder, config);
            return network;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Nested
    class Provider extends InferenceProviderContract {
        @Override
        protected InferenceProvider createProvider() {
            return network("ignored-options", "refuse").provider;
        }

        @Override
        protected String chatModel() {
            return Network.MODEL;
        }

        @Override
        protected InferenceStream longAnswer(InferenceProvider from) {
            // Its job is never done; those of later requests are.
            network.coordinator.onPoll = job -> {
                if (!job.id.equals("job1")) {
                    job.completeWith("Hello there");
                }
            };
            InferenceStream stream = network.start(Network.MODEL);
            org.awaitility.Awaitility.await()
                    .until(() -> !network.coordinator.allJobs().isEmpty());
            return stream;
        }

        @Override
        protected boolean has(Behaviour behaviour) {
            return switch (behaviour) {
                case CHAT, GENERATE, TOOLS, SYSTEM_MESSAGE -> true;
                case EMBED, OPTIONS, FORMAT -> false;
            };
        }

        @Override
        protected String refusal(Behaviour behaviour) {
            return switch (behaviour) {
                case EMBED -> "do not embed";
                case FORMAT -> "format is not supported";
                default -> "num_predict, seed, temperature is not supported";
            };
        }
    }

    @Nested
    class Compute extends ComputeNetworkContract {
        @Override
        protected ComputeNetwork createNetwork() {
            Network own = network();
            own.ask();
            own.ask();
            return new AitbcComputeNetworkFactory().create(own.context);
        }

        @Override
        protected ComputeNetwork createUnreachable() {
            // Port 1 is reserved and nothing listens there.
            return new AitbcComputeNetworkFactory()
                    .create(new FolderContext(
                            folder,
                            Map.of("coordinator-url", "http://127.0.0.1:1", "marketplace-url", "http://127.0.0.1:1")));
        }
    }

    @Nested
    class Account extends PaymentAccountContract {
        @Override
        protected PaymentAccount createUsedAccount() {
            Network own = network();
            own.ask();
            own.coordinator.submits.addAll(List.of(ScriptedCoordinator.Submit.LIMIT_RATE));
            own.coordinator.retryAfter = "60";
            try {
                own.ask();
            } catch (io.aitbc.openclaw.api.OpenClawException e) {
                org.awaitility.Awaitility.await()
                        .until(() ->
                                own.payment().state() == io.aitbc.openclaw.api.network.PaymentRecord.State.RELEASED);
            }
            return new AitbcPaymentAccountFactory().create(own.context);
        }
    }
}
