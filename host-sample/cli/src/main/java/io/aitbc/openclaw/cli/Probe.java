package io.aitbc.openclaw.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Short questions to servers that may not be there. */
final class Probe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGEST_ANSWER = 1 << 16;

    private final Json json = new Json();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** The JSON answer of a server with status 200; empty when there is none. */
    Optional<JsonNode> get(URI base, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(resolve(base, path))
                .timeout(PATIENCE)
                .GET()
                .build();
        try {
            HttpResponse<java.io.InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                byte[] bytes = body.readNBytes(LARGEST_ANSWER);
                return response.statusCode() == 200
                        ? Optional.of(json.read(new String(bytes, StandardCharsets.UTF_8)))
                        : Optional.empty();
            }
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static URI resolve(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
