package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.provider.coordinator.CoordinatorServices;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The miner {@code aitbc-miner}, if the operator wants one. */
final class MinerService implements BackgroundService {
    static final String ID = "aitbc-miner";

    /**
     * Where the miner works.
     *
     * @param payTo asked for in offers; looked up when needed, since it may take a while to compute
     */
    record Place(CoordinatorServices services, PayTo payTo) {}

    /** The address of the operator's wallet, if there is one. */
    interface PayTo {
        Optional<String> address();
    }

    private final PluginContext context;
    private final Place place;
    private final Optional<MinerSettings> settings;
    private final RandomGenerator random;
    private @Nullable MinerLife life;

    MinerService(PluginContext context, Place place, Optional<MinerSettings> settings, RandomGenerator random) {
        this.context = context;
        this.place = place;
        this.settings = settings;
        this.random = random;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public synchronized void start() {
        if (life == null && settings.isPresent()) {
            life = MinerLife.begin(context, place, settings.get(), random);
        }
    }

    @Override
    public void stop() {
        MinerLife ending;
        synchronized (this) {
            ending = life;
        }
        if (ending == null) {
            return;
        }
        ending.end();
        synchronized (this) {
            if (life == ending) {
                life = null;
            }
        }
    }

    @Override
    public ServiceHealth health() {
        MinerLife living;
        synchronized (this) {
            living = life;
        }
        if (living != null) {
            return living.health();
        }
        return ServiceHealth.of(
                ServiceHealth.State.STOPPED,
                settings.isEmpty()
                        ? "off: set plugins.aitbc-provider.miner.enabled to earn with this host"
                        : "stopped");
    }

    @Override
    public void close() {
        stop();
    }
}
