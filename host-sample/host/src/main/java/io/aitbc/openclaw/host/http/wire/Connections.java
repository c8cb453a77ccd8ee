package io.aitbc.openclaw.host.http.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of a server. Checks four times a second who is too slow and who is to be watched. */
public final class Connections implements ServerConnectionSelector, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long CHECK_MILLIS = 250;

    private final ServerConnectionSelector http;
    private final ConnectionLimits limits;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService checker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("connection-check").factory());

    public Connections(Http1Config config, ConnectionLimits limits) {
        this.http = Http1ConnectionSelector.builder().config(config).build();
        this.limits = limits;
        checker.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check() {
        long now = System.nanoTime();
        for (ClientConnection connection : open) {
            try {
                connection.check(limits, now);
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("connection not checked"); // and the others still are
            }
        }
    }

    /** How many clients are connected. */
    public int count() {
        return open.size();
    }

    /** Stops the work of all requests. */
    public void stop(Work.Stop reason) {
        open.forEach(connection -> connection.stop(reason));
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        ClientConnection connection = new ClientConnection(context, http, open::remove);
        open.add(connection);
        return connection;
    }

    @Override
    public void close() {
        checker.shutdownNow();
    }
}
