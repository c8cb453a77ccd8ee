package io.aitbc.openclaw.host.http.wire;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a client: Helidon's HTTP/1.1 connection, watched. */
public final class ClientConnection implements ServerConnection, InterruptableTask<Void> {
    private static final ScopedValue<ClientConnection> CURRENT = ScopedValue.newInstance();

    /** A client that leaves is noticed after this, even before the first byte of its answer. */
    private static final Duration WATCH_AFTER = Duration.ofMillis(250);

    /** How many times the longest pause a whole body, or one piece of a long one, may take. */
    private static final int WHOLE_BODY = 4;

    /** How much, and how long, is still read of a request that was refused. */
    private static final long LINGER_BYTES = 1 << 20;

    private static final Duration LINGER = Duration.ofSeconds(1);

    private enum Phase {
        IDLE,
        HEADER,
        BODY,
        WORKING,
        LINGERING
    }

    private final ConnectionContext context;
    private final ConnectionInput input;
    private final ConnectionOutput output;
    private final ServerConnection http;
    private final Consumer<ClientConnection> onEnd;
    private volatile Phase phase = Phase.IDLE;
    private volatile long phaseSince = System.nanoTime();
    private volatile @Nullable Work work;

    ClientConnection(ConnectionContext context, ServerConnectionSelector http, Consumer<ClientConnection> onEnd) {
        this.context = context;
        this.onEnd = onEnd;
        this.input = new ConnectionInput(context.dataReader());
        this.output = new ConnectionOutput(context.dataWriter());
        this.http = http.connection(new WatchedContext(context, this::pull, output));
    }

    /** The connection whose request the current thread handles. */
    public static ClientConnection current() {
        return CURRENT.get();
    }

    ConnectionInput input() {
        return input;
    }

    ConnectionOutput output() {
        return output;
    }

    private byte @Nullable [] pull() {
        byte[] bytes = input.get();
        if (phase == Phase.IDLE && bytes != null) {
            enter(Phase.HEADER);
        }
        return bytes;
    }

    private void enter(Phase next) {
        phaseSince = System.nanoTime();
        phase = next;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            ScopedValue.where(CURRENT, this).<Boolean, InterruptedException>call(() -> {
                http.handle(limit);
                return true;
            });
        } finally {
            onEnd.accept(this);
        }
    }

    /** The header of a request is read. */
    void handling() {
        enter(Phase.WORKING);
    }

    /** The body of the request is about to be read: at most so many bytes. */
    void readingBody(long most) {
        input.budget(most);
        enter(Phase.BODY);
    }

    /** Starts the work for a request; its header, and its body if there is one, are read. */
    Work begin() {
        input.budget(Long.MAX_VALUE);
        enter(Phase.WORKING);
        Work started = new Work(this);
        work = started;
        return started;
    }

    void finished(Work done) {
        input.unwatch();
        if (work == done) {
            work = null;
        }
    }

    /** The response is sent: the next request may come. */
    void responded() {
        input.budget(Long.MAX_VALUE);
        enter(Phase.IDLE);
    }

    /**
     * Reads on for a while after a request was refused: closing a socket with unread data resets it, and the client might
     * never see why.
     */
    void linger() {
        input.budget(LINGER_BYTES);
        enter(Phase.LINGERING);
        try {
            while (input.get() != null) {
                // Nobody wants it.
            }
        } catch (RuntimeException e) {
            // The client sends too much, or is gone.
        }
    }

    /** Looks, from another thread, whether the client is too slow or should be watched. */
    void check(ConnectionLimits limits, long now) {
        Work current = work;
        if (current != null) {
            current.watchAfter(WATCH_AFTER.toNanos(), now);
        }
        if (isTooSlow(limits, now)) {
            cutOff();
        }
    }

    private boolean isTooSlow(ConnectionLimits limits, long now) {
        if (isOver(output.writingSince(), limits.write(), now)) {
            return true;
        }
        return switch (phase) {
            case IDLE -> isOver(input.waitingSince(), limits.idle(), now);
            case HEADER -> isOver(phaseSince, limits.header(), now);
            case BODY ->
                isOver(input.waitingSince(), limits.body(), now)
                        || isOver(phaseSince, limits.body().multipliedBy(WHOLE_BODY), now);
            case WORKING -> false;
            case LINGERING -> isOver(phaseSince, LINGER, now);
        };
    }

    private static boolean isOver(long since, Duration limit, long now) {
        return since != 0 && now - since > limit.toNanos();
    }

    void stop(Work.Stop reason) {
        Work current = work;
        if (current != null) {
            current.stop(reason);
        }
    }

    /** Closes the socket under the connection, from any thread. */
    void cutOff() {
        try {
            context.serverSocket().close();
        } catch (UncheckedIOException e) {
            // It is closed already.
        }
    }

    @Override
    public boolean canInterrupt() {
        return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    /** Idle connections are closed by {@link #check}; Helidon would count a long answer as idle time. */
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
    }
}
