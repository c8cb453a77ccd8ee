package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofGeneratorFactory;
import io.aitbc.openclaw.zk.circuits.BuiltInCircuit;
import io.aitbc.openclaw.zk.circuits.BundleSettings;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.proving.ProvingSettings;
import io.aitbc.openclaw.zk.proving.QueuedProofGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates the generator {@code zk}. Settings: {@code circuits.NAME.bundle}, {@code .bundle-sha256}, {@code proof-queue}, {@code proof-time-limit},
 * {@code prover-threads}, {@code external-prover}.
 */
public final class ZkGeneratorFactory implements ProofGeneratorFactory {
    @Override
    public ProofGenerator create(PluginContext context) {
        PluginConfig config = ZkSettings.known(context.config());
        ProvingSettings settings = ProvingSettings.of(config);
        List<ProvingCircuit> configured =
                BundleSettings.read(config).stream().map(ProvingCircuit::of).toList();
        return new QueuedProofGenerator(
                new WithBuiltIns(configured),
                settings,
                new SecureRandom(),
                answer -> ZkChainFactory.chain(context).receiptInputs(answer),
                context.scheduler());
    }

    /** Those of the plugin itself are read when they are first needed, so that a start does not wait for it. */
    private static final class WithBuiltIns implements Supplier<List<ProvingCircuit>> {
        private final ReentrantLock lock = new ReentrantLock();
        private final List<ProvingCircuit> configured;
        private @Nullable List<ProvingCircuit> all;

        WithBuiltIns(List<ProvingCircuit> configured) {
            this.configured = configured;
        }

        @Override
        public List<ProvingCircuit> get() {
            lock.lock();
            try {
                List<ProvingCircuit> known = all;
                if (known == null) {
                    known = new ArrayList<>();
                    for (BuiltInCircuit builtIn : BuiltInCircuit.all()) {
                        known.add(builtIn.circuit());
                    }
                    known.addAll(configured);
                    all = List.copyOf(known);
                }
                return known;
            } finally {
                lock.unlock();
            }
        }
    }
}
