package io.aitbc.openclaw.devnet;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The accepted connections of a listener by the port of their client, so that one can be reset at the TCP level. */
final class OpenSockets {
    private static final int SWEEP_FROM = 256;

    private final Map<Integer, SocketChannel> channels = new ConcurrentHashMap<>();

    /** Socket options that also note every connection they are applied to. */
    SocketOptions watching(SocketOptions options) {
        return new Watching(options);
    }

    /** Closes a connection with RST instead of FIN. */
    void reset(int clientPort) throws IOException {
        SocketChannel channel = channels.remove(clientPort);
        if (channel != null) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }
    }

    private void note(SocketChannel channel) {
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress client) {
                channels.put(client.getPort(), channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (channels.size() > SWEEP_FROM) {
            channels.values().removeIf(known -> !known.isOpen());
        }
    }

    private final class Watching implements SocketOptions {
        private final SocketOptions options;

        private Watching(SocketOptions options) {
            this.options = options;
        }

        @Override
        public void configureSocket(SocketChannel channel) {
            options.configureSocket(channel);
            note(channel);
        }

        @Override
        public Map<SocketOption<?>, Object> socketOptions() {
            return options.socketOptions();
        }

        @Override
        public Duration connectTimeout() {
            return options.connectTimeout();
        }

        @Override
        public Duration readTimeout() {
            return options.readTimeout();
        }

        @Override
        public Optional<Integer> socketReceiveBufferSize() {
            return options.socketReceiveBufferSize();
        }

        @Override
        public Optional<Integer> socketSendBufferSize() {
            return options.socketSendBufferSize();
        }

        @Override
        public boolean socketReuseAddress() {
            return options.socketReuseAddress();
        }

        @Override
        public boolean socketKeepAlive() {
            return options.socketKeepAlive();
        }

        @Override
        public boolean tcpNoDelay() {
            return options.tcpNoDelay();
        }
    }
}
