package io.aitbc.openclaw.provider.miner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** The miner's side of a coordinator on a loopback port, which answers as a test tells it to. */
final class ScriptedHub implements AutoCloseable {
    static final String MINER = "miner-a";
    static final String KEY = "lab-miner-api-key-0001";

    /** @param cut whether the connection ends without an answer */
    record Answer(int status, String body, Map<String, String> headers, boolean cut) {}

    record Seen(String route, JsonNode body, String key, String miner, String query) {}

    final List<Seen> seen = new CopyOnWriteArrayList<>();

    private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    ScriptedHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
        on("register", ok("{\"status\":\"ok\",\"session_token\":\"0\"}"));
        on("heartbeat", ok("{\"status\":\"ok\"}"));
        on("poll", answer(204, ""));
        on("result", ok("{\"status\":\"ok\",\"receipt\":null}"));
        on("fail", ok("{\"status\":\"ok\"}"));
        on("jobs", jobs());
        on("earnings", ok("{\"paid_earnings\":0.0,\"pending_earnings\":0.0,\"earnings_history\":[]}"));
        on("deregister", ok("{\"status\":\"deregistered\"}"));
    }

    static Answer answer(int status, String body) {
        return new Answer(status, body, Map.of(), false);
    }

    static Answer ok(String body) {
        return answer(200, body);
    }

    static Answer refusal(int status, String text) {
        return answer(status, "{\"detail\":\"%s\"}".formatted(text));
    }

    static Answer limited(int seconds) {
        return new Answer(
                429, "{\"detail\":\"Rate limit exceeded\"}", Map.of("Retry-After", Integer.toString(seconds)), false);
    }

    static Answer cut() {
        return new Answer(0, "", Map.of(), true);
    }

    static Answer job(String id, String payload) {
        return ok("{\"job_id\":\"%s\",\"payload\":%s,\"constraints\":{\"gpu\":null,\"confidential\":false}}"
                .formatted(id, payload));
    }

    static Answer jobs(String... views) {
        return ok("{\"jobs\":[%s],\"total\":%d,\"limit\":20,\"offset\":0,\"miner_id\":\"%s\"}"
                .formatted(String.join(",", views), views.length, MINER));
    }

    static String view(String id, String state, String rest) {
        return """
                {"job_id":"%s","state":"%s","assigned_miner_id":"%s","expires_at":"2999-01-01T00:00:00Z"%s}""".formatted(id, state, MINER, rest.isEmpty() ? "" : "," + rest);
    }

    /** What happens to calls of a route from now on; the last answer goes on for ever. */
    void on(String route, Answer... answers) {
        script.put(route, new ArrayDeque<>(List.of(answers)));
    }

    long count(String route) {
        return seen.stream().filter(request -> request.route().equals(route)).count();
    }

    List<JsonNode> bodies(String route) {
        return seen.stream()
                .filter(request -> request.route().equals(route))
                .map(Seen::body)
                .toList();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String route = route(exchange.getRequestMethod(), path);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(new Seen(
                    route,
                    Json.read(body).orElseGet(Json.MAPPER::createObjectNode),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Api-Key")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Miner-ID")),
                    String.valueOf(exchange.getRequestURI().getQuery())));
            reply(exchange, next(route));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String route(String method, String path) {
        return method.equals("DELETE") ? "deregister" : path.substring(path.lastIndexOf('/') + 1);
    }

    private Answer next(String route) {
        Deque<Answer> answers = script.getOrDefault(route, new ArrayDeque<>());
        synchronized (answers) {
            if (answers.isEmpty()) {
                return refusal(403, "Forbidden");
            }
            return answers.size() == 1 ? answers.getFirst() : answers.removeFirst();
        }
    }

    private static void reply(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.cut()) {
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
