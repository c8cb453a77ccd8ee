package io.aitbc.openclaw.bench.outbox;

import io.aitbc.openclaw.bench.outbox.NetworkWeather.Fate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes operations over TCP, one line each way: {@code TAKE lane/number attempt payload} and {@code LOOK lane/number attempt}.
 * It and the network before it fail as the weather says.
 */
final class Receiver implements AutoCloseable {
    private final Tally tally;
    private final NetworkWeather weather;
    private final Random random;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong faults = new AtomicLong();
    private volatile boolean away;

    private Receiver(Tally tally, NetworkWeather weather, Random random, ServerSocket server) {
        this.tally = tally;
        this.weather = weather;
        this.random = random;
        this.server = server;
    }

    static Receiver start(Tally tally, NetworkWeather weather, Random random) throws IOException {
        Receiver receiver =
                new Receiver(tally, weather, random, new ServerSocket(0, 512, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("receiver").start(receiver::accept);
        return receiver;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Requests that did not get their answer. */
    long faults() {
        return faults.get();
    }

    /** While it is away every connection is refused or ends at once. */
    void away(boolean now) {
        away = now;
        if (now) {
            open.forEach(Receiver::end);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            @Nullable String line = away ? null : reader.readLine();
            while (line != null && !away && answer(socket, line)) {
                line = reader.readLine();
            }
        } catch (IOException e) {
            faults.incrementAndGet();
        } finally {
            open.remove(socket);
        }
    }

    /** Whether the connection goes on. */
    private boolean answer(Socket socket, String line) throws IOException {
        Fate fate = weather.next(random);
        if (fate != Fate.ANSWERED) {
            faults.incrementAndGet();
        }
        return switch (fate) {
            case CUT -> false;
            case HUNG -> {
                // The sender gives up and closes; nothing else ends this.
                long _ = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                yield false;
            }
            case ANSWER_LOST -> {
                String _ = obey(line);
                yield false;
            }
            case ANSWERED -> {
                socket.getOutputStream().write((obey(line) + "\n").getBytes(StandardCharsets.UTF_8));
                yield true;
            }
        };
    }

    private String obey(String line) throws IOException {
        String[] words = line.split(" ", 4);
        if (words.length < 3) {
            throw new IOException("no request: " + line);
        }
        Operation operation = Operation.of(words[1]);
        int attempt = Integer.parseInt(words[2]);
        return switch (words[0]) {
            case "LOOK" -> tally.look(operation, attempt) ? "YES" : "NO";
            case "TAKE" -> tally.take(operation, attempt) ? "TAKEN" : "STALE";
            default -> throw new IOException("no request: " + line);
        };
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(Receiver::end);
    }
}
