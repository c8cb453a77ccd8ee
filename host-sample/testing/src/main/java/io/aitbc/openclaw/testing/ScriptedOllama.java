package io.aitbc.openclaw.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An Ollama on a real socket of 127.0.0.1 that follows scripts and remembers what it was asked. Without a script it
 * behaves well: it answers for the models it was given. With one it cuts, hangs, resets and lies as told.
 *
 * <pre>{@code
 * try (ScriptedOllama ollama = ScriptedOllama.start(ScriptedModel.chat("m:latest"))) {
 *     ollama.next("/api/chat", ScriptedAnswer.ndjson().line(OllamaLines.chatText("m:latest", "Hel")).reset());
 *     …
 * }
 * }</pre>
 */
public final class ScriptedOllama implements AutoCloseable {
    private final ServerSocket server;
    private final Thread acceptor = Thread.ofVirtual().name("scripted-ollama").unstarted(this::accept);
    private final ScriptedModels models = new ScriptedModels();
    private final DefaultAnswers defaults = new DefaultAnswers(models);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, ArrayDeque<ScriptedAnswer>> queued = new HashMap<>();
    private final Map<String, Function<RecordedRequest, ScriptedAnswer>> standing = new HashMap<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<RecordedRequest> disconnects = new ArrayList<>();
    private final Set<ScriptedConnection> connections = new HashSet<>();
    private int accepted;
    private boolean closed;

    private ScriptedOllama(ServerSocket server) {
        this.server = server;
    }

    /** Starts on a free port with these models. */
    public static ScriptedOllama start(ScriptedModel... models) {
        return startAt(0, models);
    }

    /** Starts on a given port, for example one where a server was stopped before. */
    public static ScriptedOllama startAt(int port, ScriptedModel... models) {
        try {
            ServerSocket server = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress());
            ScriptedOllama ollama = new ScriptedOllama(server);
            for (ScriptedModel model : models) {
                ollama.models.add(model);
            }
            ollama.acceptor.start();
            return ollama;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getLocalPort();
    }

    // --- what it has ---

    public void add(ScriptedModel model) {
        models.add(model);
    }

    public void remove(String model) {
        models.remove(model);
    }

    /** From now on {@code /api/ps} lists the model with a fixed end of its stay. */
    public void resident(String model) {
        models.resident(model);
    }

    /** From now on {@code /api/ps} lists the model as Ollama lists one that is still loading: its end moves. */
    public void loading(String model) {
        models.loading(model);
    }

    /** From now on {@code /api/ps} does not list the model. */
    public void notResident(String model) {
        models.absent(model);
    }

    // --- what it does ---

    /** Answers the next request for this path so; several calls queue up. */
    public ScriptedOllama next(String path, ScriptedAnswer answer) {
        return locked(() -> {
            queued.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(answer);
            return this;
        });
    }

    /** Answers every request for this path so, when none is queued. */
    public ScriptedOllama always(String path, ScriptedAnswer answer) {
        return always(path, _ -> answer);
    }

    /** As {@link #always(String, ScriptedAnswer)}, depending on the request. */
    public ScriptedOllama always(String path, Function<RecordedRequest, ScriptedAnswer> answer) {
        return locked(() -> {
            standing.put(path, answer);
            return this;
        });
    }

    /** What it answers without a script. */
    public ScriptedAnswer wellBehaved(RecordedRequest request) {
        return defaults.answer(request);
    }

    /** Forgets all scripts: from now on it behaves well. */
    public void behave() {
        locked(() -> {
            queued.clear();
            standing.clear();
            return this;
        });
    }

    /** Closes every connection at once, as a killed process would; it goes on accepting new ones. */
    public void dropConnections() {
        for (ScriptedConnection connection : locked(() -> List.copyOf(connections))) {
            closeQuietly(connection);
        }
    }

    // --- what it saw ---

    /** All requests so far, oldest first. */
    public List<RecordedRequest> requests() {
        return locked(() -> List.copyOf(requests));
    }

    /** The requests for a path, oldest first. */
    public List<RecordedRequest> requests(String path) {
        return requests().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    /** Requests whose client left before the answer was through. */
    public List<RecordedRequest> disconnects() {
        return locked(() -> List.copyOf(disconnects));
    }

    /** Connections accepted so far. */
    public int acceptedConnections() {
        return locked(() -> accepted);
    }

    public int openConnections() {
        return locked(connections::size);
    }

    /** Waits until it received this many requests for a path; false when the time is up. */
    public boolean awaitRequests(String path, int count, Duration time) {
        return await(
                () -> requests.stream().filter(it -> it.path().equals(path)).count() >= count, time);
    }

    /** Waits until this many clients left before their answer was through; false when the time is up. */
    public boolean awaitDisconnects(int count, Duration time) {
        return await(() -> disconnects.size() >= count, time);
    }

    /** Waits until no more than this many connections are open; false when the time is up. */
    public boolean awaitOpenConnections(int most, Duration time) {
        return await(() -> connections.size() <= most, time);
    }

    @Override
    public void close() {
        locked(() -> closed = true);
        try {
            server.close();
            // The port is free only when the thread that accepts has let go of it.
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropConnections();
    }

    // --- serving ---

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                ScriptedConnection connection = new ScriptedConnection(socket);
                boolean serve = locked(() -> {
                    accepted++;
                    connections.add(connection);
                    return !closed;
                });
                if (serve) {
                    Thread.ofVirtual().name("scripted-connection").start(() -> serve(connection));
                } else {
                    closeQuietly(connection);
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(ScriptedConnection connection) {
        try (connection) {
            boolean more = true;
            while (more) {
                RecordedRequest request = connection.read();
                more = answer(connection, request);
            }
        } catch (IOException e) {
            // The client left, between requests or within one; the latter is noted where it happens.
        } finally {
            locked(() -> connections.remove(connection));
        }
    }

    private boolean answer(ScriptedConnection connection, RecordedRequest request) throws IOException {
        ScriptedAnswer answer = scriptFor(request);
        try {
            return connection.play(answer, request.method().equals("HEAD"));
        } catch (IOException e) {
            boolean left = connection.clientLeft();
            locked(() -> left && disconnects.add(request));
            throw e;
        }
    }

    private ScriptedAnswer scriptFor(RecordedRequest request) {
        Optional<Function<RecordedRequest, ScriptedAnswer>> script = locked(() -> {
            requests.add(request);
            ArrayDeque<ScriptedAnswer> waiting = queued.get(request.path());
            if (waiting != null && !waiting.isEmpty()) {
                ScriptedAnswer first = waiting.poll();
                return Optional.<Function<RecordedRequest, ScriptedAnswer>>of(_ -> first);
            }
            return Optional.ofNullable(standing.get(request.path()));
        });
        return script.orElse(defaults::answer).apply(request);
    }

    private boolean await(BooleanSupplier condition, Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private static void closeQuietly(ScriptedConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
