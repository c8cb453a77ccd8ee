package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;

/** The outbox of a host that does not run, for a person's decisions. While it is open no host can start there. */
public final class StoppedHost implements AutoCloseable {
    private final DataDirectory data;
    private final HostOutbox outbox;

    private StoppedHost(DataDirectory data, HostOutbox outbox) {
        this.data = data;
        this.outbox = outbox;
    }

    /** @throws OpenClawException INVALID_CONFIG when a host runs there */
    public static StoppedHost open(HostConfig config) {
        DataDirectory data = DataDirectory.lock(config.dataDirectory());
        return new StoppedHost(
                data,
                new HostOutbox(
                        data.folder(), config.outbox(), InstantSource.system(), new Random(), _ -> Optional.empty()));
    }

    public HostOutbox outbox() {
        return outbox;
    }

    @Override
    public void close() {
        outbox.close();
        data.close();
    }
}
