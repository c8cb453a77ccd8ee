package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import java.util.List;
import java.util.Optional;

/** Where payments are written: with the host that runs with the data directory, or in the directory itself when none does. */
interface Wallet extends AutoCloseable {
    List<PaymentAccount> accounts();

    /** The network an account belongs to, when one is loaded. */
    Optional<NetworkStatus> network(String accountId);

    @Override
    void close();

    static Wallet open(HostConfig config, HostConfig alone) {
        return HostClient.find(config)
                .<Wallet>map(RemoteWallet::new)
                .orElseGet(() -> new OwnWallet(Host.startIdle(alone)));
    }

    /** Of a host that is started for the question and sends nothing. */
    record OwnWallet(Host host) implements Wallet {
        @Override
        public List<PaymentAccount> accounts() {
            return host.extensions().all(PaymentAccount.class);
        }

        @Override
        public Optional<NetworkStatus> network(String accountId) {
            return host.extensions().all(ComputeNetwork.class).stream()
                    .filter(network -> network.id().equals(accountId))
                    .findFirst()
                    .map(ComputeNetwork::status);
        }

        @Override
        public void close() {
            host.close();
        }
    }
}
