package io.aitbc.openclaw.bench.outbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Asks a {@link Receiver}; keeps connections that worked. */
final class ReceiverClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private record Connection(Socket socket, BufferedReader reader) {}

    private final int port;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    ReceiverClient(int port) {
        this.port = port;
    }

    boolean look(String key, int attempt) throws IOException {
        return ask("LOOK " + key + " " + attempt).equals("YES");
    }

    void take(String key, int attempt, String payload) throws IOException {
        String answer = ask("TAKE " + key + " " + attempt + " " + payload);
        if (!answer.equals("TAKEN")) {
            throw new IOException("the receiver says " + answer);
        }
    }

    private String ask(String line) throws IOException {
        @Nullable Connection known = idle.poll();
        Connection connection = known == null ? connect() : known;
        try {
            connection.socket().getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            @Nullable String answer = connection.reader().readLine();
            if (answer == null) {
                throw new IOException("the connection ended");
            }
            idle.push(connection);
            return answer;
        } catch (IOException e) {
            connection.socket().close();
            throw e;
        }
    }

    private Connection connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            return new Connection(
                    socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : idle) {
            connection.socket().close();
        }
    }
}
