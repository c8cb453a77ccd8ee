package io.aitbc.openclaw.dist;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;

/** Tries to connect to a port of this machine in each way a program may, and says in which it could. */
public final class NetworkProbe {
    private NetworkProbe() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        System.out.println("socket "
                + connected(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(address, 2000);
                        return socket.isConnected();
                    }
                }));
        System.out.println("channel "
                + connected(() -> {
                    try (SocketChannel channel = SocketChannel.open(address)) {
                        return channel.isConnected();
                    }
                }));
        System.out.println("http "
                + connected(() -> {
                    try (HttpClient client = HttpClient.newHttpClient()) {
                        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                                .build();
                        return client.send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200;
                    }
                }));
    }

    private static boolean connected(Callable<Boolean> attempt) {
        try {
            return attempt.call();
        } catch (Exception | Error e) {
            return false;
        }
    }
}
