package io.aitbc.openclaw.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;

/**
 * An Ollama for benchmarks: one thread, one selector, answers rendered beforehand, so that what a gateway in front of it
 * costs can be seen. A request's {@code options.num_predict} sets the number of tokens (32 when absent); the model
 * {@value #SLOW_MODEL} sends them one by one, {@link #SLOW_INTERVAL_MILLIS} apart, the other all at once.
 */
public final class FastUpstream implements AutoCloseable {
    /** Answers at once. */
    public static final String MODEL = "mock:latest";
    /** Streams slowly. */
    public static final String SLOW_MODEL = "mock-slow:latest";

    public static final int SLOW_INTERVAL_MILLIS = 20;

    private static final long SLOW_INTERVAL_NANOS = SLOW_INTERVAL_MILLIS * 1_000_000L;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final Thread thread;
    private final FastReplies replies =
            new FastReplies(List.of(ScriptedModel.chat(MODEL), ScriptedModel.chat(SLOW_MODEL)));
    /** Slow streams by the time of their next token; all wait equally long, so this is a queue. */
    private final ArrayDeque<FastConnection> slow = new ArrayDeque<>();

    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
    private volatile boolean closed;

    private FastUpstream(ServerSocketChannel server, Selector selector) {
        this.server = server;
        this.selector = selector;
        this.thread = Thread.ofPlatform().daemon().name("fast-upstream").unstarted(this::loop);
    }

    /** Starts on a free port of 127.0.0.1. */
    public static FastUpstream start() {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
            server.configureBlocking(false);
            Selector selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
            FastUpstream upstream = new FastUpstream(server, selector);
            upstream.thread.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.socket().getLocalPort());
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(5_000);
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (!closed) {
            try {
                selector.select(this::ready, untilNextToken());
                sendDueTokens();
            } catch (IOException e) {
                throw new UncheckedIOException("the selector failed", e);
            }
        }
    }

    private long untilNextToken() {
        FastConnection first = slow.peek();
        return first == null ? 0 : Math.max(1, (first.nextTokenNanos() - System.nanoTime()) / 1_000_000);
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        FastConnection connection = (FastConnection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.flush();
            }
            if (key.isReadable() && !connection.read(input)) {
                key.channel().close();
                return;
            }
            while (connection.nextRequest()) {
                answer(connection);
            }
        } catch (IOException e) {
            closeQuietly(key);
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new FastConnection(channel, key));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot accept connections", e);
        }
    }

    private void answer(FastConnection connection) throws IOException {
        FastRequest request = connection.request();
        boolean chat = request.path().equals("/api/chat");
        if (!chat && !request.path().equals("/api/generate")) {
            connection.send(replies.other(request.method(), request.path(), request.body()));
            return;
        }
        boolean slowly = request.model().equals(SLOW_MODEL);
        int tokens = request.tokens(slowly ? 100 : 32);
        FastReplies.Key key = new FastReplies.Key(chat, request.model(), tokens, request.stream());
        if (slowly && request.stream()) {
            connection.startSlowly(replies.pieces(key), System.nanoTime() + SLOW_INTERVAL_NANOS);
            slow.add(connection);
        } else {
            connection.send(replies.whole(key));
        }
    }

    private void sendDueTokens() {
        long now = System.nanoTime();
        while (!slow.isEmpty() && slow.peek().nextTokenNanos() - now <= 0) {
            FastConnection connection = slow.poll();
            try {
                if (connection.sendNextPiece(SLOW_INTERVAL_NANOS)) {
                    slow.add(connection);
                }
            } catch (IOException e) {
                closeQuietly(connection.key());
            }
        }
    }

    private static void closeQuietly(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // The connection is gone either way.
        }
    }
}
