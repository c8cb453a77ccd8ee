package io.aitbc.openclaw.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Passes calls on to a service as they are, and remembers what was asked and how it was answered. */
final class RecordingRelay implements AutoCloseable {
    /** @param path without its query */
    record Recorded(String method, String path, int status) {}

    private final String target;
    private final List<Recorded> calls = new CopyOnWriteArrayList<>();
    private final OkHttpClient http = new OkHttpClient();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    RecordingRelay(String target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::relay);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Recorded> calls() {
        return List.copyOf(calls);
    }

    private void relay(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            byte[] body = exchange.getRequestBody().readAllBytes();
            Request.Builder request = new Request.Builder()
                    .url(target + exchange.getRequestURI())
                    .method(
                            method,
                            method.equals("GET") ? null : RequestBody.create(body, MediaType.get("application/json")));
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            if (token != null) {
                request.header("Authorization", token);
            }
            try (Response response = http.newCall(request.build()).execute()) {
                byte[] answer = response.body().bytes();
                calls.add(new Recorded(method, exchange.getRequestURI().getPath(), response.code()));
                response.headers("WWW-Authenticate")
                        .forEach(value -> exchange.getResponseHeaders().add("WWW-Authenticate", value));
                exchange.sendResponseHeaders(response.code(), answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }
}
