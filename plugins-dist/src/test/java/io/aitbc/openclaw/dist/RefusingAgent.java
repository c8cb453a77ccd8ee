package io.aitbc.openclaw.dist;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketImplFactory;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** Takes a JVM every way to open a socket, before its program starts. */
public final class RefusingAgent {
    private RefusingAgent() {}

    @SuppressWarnings("deprecation") // for what it is used here there is nothing else
    public static void premain(String arguments) throws IOException {
        System.setProperty("java.nio.channels.spi.SelectorProvider", NoChannels.class.getName());
        SocketImplFactory refusing = () -> {
            throw new IllegalStateException("there is no network here");
        };
        Socket.setSocketImplFactory(refusing);
        ServerSocket.setSocketFactory(refusing);
        DatagramSocket.setDatagramSocketImplFactory(() -> {
            throw new IllegalStateException("there is no network here");
        });
    }

    /** What channels of all kinds come from. */
    public static final class NoChannels extends SelectorProvider {
        /** For the JVM. */
        public NoChannels() {}

        private static IOException refused() {
            return new IOException("there is no network here");
        }

        @Override
        public DatagramChannel openDatagramChannel() throws IOException {
            throw refused();
        }

        @Override
        public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
            throw refused();
        }

        @Override
        public Pipe openPipe() throws IOException {
            throw refused();
        }

        @Override
        public AbstractSelector openSelector() throws IOException {
            throw refused();
        }

        @Override
        public ServerSocketChannel openServerSocketChannel() throws IOException {
            throw refused();
        }

        @Override
        public SocketChannel openSocketChannel() throws IOException {
            throw refused();
        }
    }
}
