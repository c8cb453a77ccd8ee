package io.aitbc.openclaw.provider.direct;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that look at the address once more when they connect: whatever led to it, also a literal address that nobody
 * resolves, it is public or there is no connection. No proxy of the surroundings is used.
 */
final class VettedSockets extends SocketFactory {
    private final boolean allowLoopback;

    VettedSockets(boolean allowLoopback) {
        this.allowLoopback = allowLoopback;
    }

    @Override
    public Socket createSocket() {
        return new Socket(Proxy.NO_PROXY) {
            @Override
            public void connect(SocketAddress target, int timeout) throws IOException {
                check(target);
                super.connect(target, timeout);
            }
        };
    }

    private void check(SocketAddress target) throws IOException {
        boolean admitted = target instanceof InetSocketAddress place
                && !place.isUnresolved()
                && VettedDns.admitted(place.getAddress(), allowLoopback);
        if (!admitted) {
            throw new RefusedAddressException(target + " is not a public address");
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unchecked();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unchecked();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unchecked();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw unchecked();
    }

    private static IOException unchecked() {
        return new IOException("sockets are connected after they are made, so that the address is checked");
    }
}
