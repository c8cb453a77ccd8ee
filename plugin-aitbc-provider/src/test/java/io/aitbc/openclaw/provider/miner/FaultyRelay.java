package io.aitbc.openclaw.provider.miner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A bad line to a coordinator: calls go through it, get lost on the way, or lose their answers. */
final class FaultyRelay implements AutoCloseable {
    /** What happens to a call. */
    enum Fault {
        NONE,
        REFUSED_500,
        REFUSED_503,
        LOST,
        ANSWER_LOST,
        ANSWER_CUT,
        ANSWER_GARBLED,
        ANSWER_500
    }

    final AtomicInteger faults = new AtomicInteger();

    private final String target;
    private final Supplier<Fault> weather;
    private final OkHttpClient http = new OkHttpClient();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    FaultyRelay(String target, Supplier<Fault> weather) throws IOException {
        this.target = target;
        this.weather = weather;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = weather.get();
            if (fault != Fault.NONE) {
                faults.incrementAndGet();
            }
            switch (fault) {
                case REFUSED_500 -> send(exchange, 500, "{\"error\":{\"message\":\"internal\"}}", 1);
                case REFUSED_503 -> send(exchange, 503, "<html>unavailable</html>", 1);
                case LOST -> {}
                case NONE -> relay(exchange, body, 200, 1);
                case ANSWER_LOST -> relay(exchange, body, 0, 1);
                case ANSWER_CUT -> relay(exchange, body, 200, 2);
                case ANSWER_GARBLED -> relay(exchange, body, -1, 1);
                case ANSWER_500 -> relay(exchange, body, 500, 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param status 200: as it came; 0: none; -1: as it came, but no JSON; else this one */
    private void relay(HttpExchange exchange, byte[] body, int status, int divisor) throws IOException {
        boolean bodiless = exchange.getRequestMethod().equals("DELETE");
        Request.Builder request = new Request.Builder()
                .url(target + exchange.getRequestURI())
                .method(
                        exchange.getRequestMethod(),
                        bodiless ? null : RequestBody.create(body, MediaType.get("application/json")));
        for (String header : new String[] {"X-Api-Key", "X-Miner-ID"}) {
            request.header(header, String.valueOf(exchange.getRequestHeaders().getFirst(header)));
        }
        try (Response response = http.newCall(request.build()).execute()) {
            String text = response.body().string();
            switch (status) {
                case 0 -> {}
                case -1 -> send(exchange, response.code(), text.isEmpty() ? "" : "}" + text, divisor);
                case 200 -> send(exchange, response.code(), text, divisor);
                default -> send(exchange, status, "{\"error\":{\"message\":\"internal\"}}", divisor);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text, int divisor) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / divisor);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }
}
