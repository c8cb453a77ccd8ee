package io.aitbc.openclaw.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends requests over connections it keeps open and measures the answers. One thread, so that it costs little of the
 * machine it measures on; a closed loop, so that there are never more requests under way than connections.
 */
public final class LoadClient {
    private final LoadPlan plan;
    private final byte[] request;
    private final ByteBuffer input = ByteBuffer.allocateDirect(256 * 1024);
    private final InetSocketAddress address;

    private long[] nanos = new long[1 << 16];
    private int measured;
    private long errors;
    private Optional<String> firstError = Optional.empty();
    private long measureFrom;
    private long stopAt;
    private long lastAnswer;
    private int busy;

    private LoadClient(LoadPlan plan) {
        this.plan = plan;
        this.request = plan.requestBytes();
        this.address =
                new InetSocketAddress(plan.target().getHost(), plan.target().getPort());
    }

    /** Plays the plan; blocks until it is done. */
    public static LoadResult run(LoadPlan plan) {
        try {
            return new LoadClient(plan).play();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach " + plan.target(), e);
        }
    }

    private LoadResult play() throws IOException {
        try (Selector selector = Selector.open()) {
            try {
                for (int i = 0; i < plan.connections(); i++) {
                    connect(selector, new LoadConnection());
                }
                start(selector);
                while (busy > 0 && System.nanoTime() - stopAt < 0) {
                    selector.select(this::ready, 100);
                }
                noteUnanswered(selector);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
        long end = busy == 0 && measured > 0 ? lastAnswer : stopAt;
        Duration elapsed = Duration.ofNanos(Math.max(1, end - measureFrom));
        return LoadResult.of(errors, firstError, elapsed, Arrays.copyOf(nanos, measured));
    }

    private void start(Selector selector) throws IOException {
        long now = System.nanoTime();
        measureFrom = now + plan.warmUp().toNanos();
        stopAt = measureFrom + plan.time().toNanos();
        for (SelectionKey key : selector.keys()) {
            busy++;
            send(key);
        }
    }

    /** A closed loop that is stopped has answers under way; only a plan that counts its requests misses them. */
    private void noteUnanswered(Selector selector) {
        if (plan.requestsPerConnection().isPresent()) {
            for (SelectionKey key : selector.keys()) {
                if (key.isValid() && ((LoadConnection) key.attachment()).waiting) {
                    note("no whole answer within " + plan.time());
                }
            }
        }
    }

    private void connect(Selector selector, LoadConnection connection) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, connection);
    }

    private void send(SelectionKey key) throws IOException {
        LoadConnection connection = (LoadConnection) key.attachment();
        connection.sentAt = System.nanoTime();
        connection.sent++;
        connection.waiting = true;
        ByteBuffer bytes = ByteBuffer.wrap(request);
        SocketChannel channel = (SocketChannel) key.channel();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void ready(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            input.clear();
            if (((SocketChannel) key.channel()).read(input) < 0) {
                throw new IOException(connection.reader.underway() ? "an answer was cut" : "closed without an answer");
            }
            connection.reader.take(input.flip());
            while (connection.reader.complete(plan.lines())) {
                answered(key, connection);
            }
        } catch (IOException e) {
            note(String.valueOf(e.getMessage()));
            reconnect(key, connection);
        }
    }

    private void answered(SelectionKey key, LoadConnection connection) throws IOException {
        long now = System.nanoTime();
        if (connection.sentAt - measureFrom >= 0) {
            if (measured == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * measured);
            }
            nanos[measured++] = now - connection.sentAt;
            lastAnswer = now;
        }
        connection.waiting = false;
        if (plan.requestsPerConnection().isPresent()
                && connection.sent >= plan.requestsPerConnection().getAsInt()) {
            busy--;
        } else {
            send(key);
        }
    }

    private void note(String error) {
        errors++;
        if (firstError.isEmpty()) {
            firstError = Optional.of(error);
        }
    }

    private void reconnect(SelectionKey key, LoadConnection broken) {
        try {
            key.channel().close();
            LoadConnection fresh = new LoadConnection();
            fresh.sent = broken.sent;
            if (plan.requestsPerConnection().isPresent()
                    && fresh.sent >= plan.requestsPerConnection().getAsInt()) {
                busy--;
                return;
            }
            SocketChannel channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            send(channel.register(key.selector(), SelectionKey.OP_READ, fresh));
        } catch (IOException e) {
            note("cannot connect again: " + e.getMessage());
            busy--;
        }
    }

    private static final class LoadConnection {
        private final ResponseReader reader = new ResponseReader();
        private long sentAt;
        private int sent;
        private boolean waiting;
    }
}
