package io.aitbc.openclaw.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service on a loopback port whose answers a test writes, one function for each "METHOD /path". */
public final class ScriptedHttp implements AutoCloseable {
    /** What to do with a request; a body that was read already is passed along. */
    public interface Handler {
        void handle(Call call) throws IOException;
    }

    /** A request. */
    public record Call(HttpExchange exchange, String body) {
        public String header(String name) {
            String value = exchange.getRequestHeaders().getFirst(name);
            return value == null ? "" : value;
        }

        public String query() {
            String query = exchange.getRequestURI().getQuery();
            return query == null ? "" : query;
        }

        public void send(int status, String json) throws IOException {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    public ScriptedHttp() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public ScriptedHttp on(String request, Handler handler) {
        handlers.put(request, handler);
        return this;
    }

    public ScriptedHttp answer(String request, int status, String json) {
        return on(request, call -> call.send(status, json));
    }

    /** Each as "METHOD /path?query". */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public long count(String request) {
        return requests.stream()
                .filter(it -> it.equals(request) || it.startsWith(request + "?"))
                .count();
    }

    /** How many connections were opened. */
    public int connections() {
        return connections.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            connections.add(exchange.getRemoteAddress());
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getRawQuery();
            requests.add(query == null ? request : request + "?" + query);
            Call call =
                    new Call(exchange, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Handler handler = handlers.get(request);
            if (handler == null) {
                call.send(404, "{\"detail\":\"Not Found\"}");
            } else {
                handler.handle(call);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
