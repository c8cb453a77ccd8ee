package io.aitbc.openclaw.devnet;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A loopback port that serves HTTP/1.1 and can also break it: reset a connection or end an answer in its middle. */
final class HttpListener implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int MOST_BODY = 10 * 1024 * 1024;
    private static final Pattern SCANNERS = Pattern.compile("sqlmap|nmap|nikto|burp");

    /** How an answer reaches the client. */
    enum Delivery {
        WHOLE,
        CUT,
        RESET
    }

    record Reply(ApiResponse response, Delivery delivery) {
        static Reply whole(ApiResponse response) {
            return new Reply(response, Delivery.WHOLE);
        }

        static Reply reset() {
            return new Reply(ApiResponse.noContent(), Delivery.RESET);
        }
    }

    /** What the writer of a stream throws to reset the connection (TCP RST). */
    static final class ResetMidway extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @FunctionalInterface
    interface Service {
        Reply reply(ApiRequest request) throws InterruptedException;
    }

    private final OpenSockets sockets = new OpenSockets();
    private final Service service;
    private final WireJson.Floats floats;
    private final WebServer server;

    /** @param port 0 picks a free one */
    HttpListener(int port, Service service) {
        this(port, service, WireJson.Floats.RUST);
    }

    /** @param floats how numbers in answers look */
    HttpListener(int port, Service service, WireJson.Floats floats) {
        this.service = service;
        this.floats = floats;
        checkFree(port);
        SocketOptions options = SocketOptions.builder().tcpNoDelay(true).build();
        server = WebServer.builder()
                .address(LOOPBACK)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .connectionOptions(sockets.watching(options))
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false)
                .addConnectionSelector(Http1ConnectionSelector.builder()
                        .config(Http1Config.create())
                        .build())
                .routing(routing -> routing.any(this::serve))
                .build()
                .start();
        // The server only logs what went wrong.
        if (!server.isRunning()) {
            throw new IllegalStateException("port " + port + " cannot be opened");
        }
    }

    /** The server would log a stack trace instead of failing. */
    private static void checkFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(LOOPBACK, port));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be opened", e);
        }
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void serve(ServerRequest request, ServerResponse response) throws Exception {
        long start = System.nanoTime();
        Map<String, String> headers = headers(request);
        Reply reply = reply(request, headers);
        if (reply.delivery() == Delivery.RESET) {
            sockets.reset(request.remotePeer().port());
            throw new CloseConnectionException("reset on purpose");
        }
        ApiResponse answer = reply.response();
        response.status(Status.create(answer.status()));
        response.header(HeaderNames.SERVER, "aitbc-devnet");
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (answer.handled()) {
            String id = Optional.ofNullable(headers.get("x-request-id"))
                    .orElseGet(() -> UUID.randomUUID().toString());
            response.header(HeaderNames.create("X-Request-ID"), id);
            double seconds = (System.nanoTime() - start) / 1e9;
            response.header(HeaderNames.create("X-Process-Time"), FloatText.python(seconds));
        }
        try {
            send(response, answer.body(), reply.delivery());
        } catch (ResetMidway e) {
            sockets.reset(request.remotePeer().port());
            throw new CloseConnectionException("reset on purpose", e);
        }
    }

    private Reply reply(ServerRequest request, Map<String, String> headers) throws IOException, InterruptedException {
        String agent = headers.getOrDefault("user-agent", "").toLowerCase(Locale.ROOT);
        if (SCANNERS.matcher(agent).find()) {
            return Reply.whole(ApiResponse.detail(403, "Access denied").unhandled());
        }
        if (request.headers().contentLength().orElse(0) > MOST_BODY) {
            return tooLarge();
        }
        byte[] body = {};
        if (request.content().hasEntity()) {
            try (InputStream in = request.content().inputStream()) {
                body = in.readNBytes(MOST_BODY + 1);
            }
        }
        if (body.length > MOST_BODY) {
            return tooLarge();
        }
        String method = request.prologue().method().text();
        return service.reply(new ApiRequest(method, request.path().path(), query(request), headers, body));
    }

    private static Reply tooLarge() {
        ApiResponse refusal =
                ApiResponse.detail(413, "Request entity too large").unhandled();
        return Reply.whole(refusal.withHeader("Connection", "close"));
    }

    private static Map<String, String> headers(ServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.headerName().lowerCase(), header.get()));
        return headers;
    }

    private static Map<String, String> query(ServerRequest request) {
        Map<String, String> query = new HashMap<>();
        for (String name : request.query().names()) {
            request.query().first(name).ifPresent(value -> query.put(name, value));
        }
        return query;
    }

    private void send(ServerResponse response, ApiResponse.Body body, Delivery delivery) throws IOException {
        switch (body) {
            case ApiResponse.Body.Nothing nothing -> response.send();
            case ApiResponse.Body.Value value ->
                send(response, "application/json", WireJson.bytes(value.json(), floats), delivery);
            case ApiResponse.Body.Page page ->
                send(response, page.contentType(), page.text().getBytes(StandardCharsets.UTF_8), delivery);
            case ApiResponse.Body.Stream stream -> {
                response.header(HeaderNames.CONTENT_TYPE, stream.contentType());
                OutputStream out = response.outputStream();
                stream.writer().write(out);
                out.close();
            }
        }
    }

    private static void send(ServerResponse response, String contentType, byte[] body, Delivery delivery) {
        response.header(HeaderNames.CONTENT_TYPE, contentType);
        if (delivery == Delivery.WHOLE) {
            response.send(body);
            return;
        }
        response.headers().contentLength(body.length);
        try {
            OutputStream out = response.outputStream();
            out.write(Arrays.copyOf(body, body.length / 2));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new CloseConnectionException("cut on purpose");
    }
}
