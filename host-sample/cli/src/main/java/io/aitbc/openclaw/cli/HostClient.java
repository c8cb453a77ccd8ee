package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.host.HostAddress;
import io.aitbc.openclaw.host.HostConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Talks to the host that runs with a data directory. */
final class HostClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LARGEST_ANSWER = 16 << 20;
    private static final String BASE = "/api/v1/openclaw/";

    private final URI url;
    private final HostConfig config;
    private final Json json = new Json();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private HostClient(URI url, HostConfig config) {
        this.url = url;
        this.config = config;
    }

    /** @throws CommandFailure when none runs there */
    static HostClient require(HostConfig config) {
        return find(config)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "No host runs with the data directory %s; start one with `serve`, or name another directory with --data"
                                .formatted(config.dataDirectory())));
    }

    /** Empty when none runs there. */
    static Optional<HostClient> find(HostConfig config) {
        return HostAddress.ofRunning(config.dataDirectory()).map(running -> new HostClient(running.url(), config));
    }

    JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    /** A document as it came. */
    String getText(String path) throws InterruptedException {
        return body(request(path).GET());
    }

    JsonNode get(String path, Duration patience) throws InterruptedException {
        return send(request(path).timeout(patience).GET());
    }

    JsonNode post(String path) throws InterruptedException {
        return post(path, PATIENCE);
    }

    /** For what takes longer than an answer usually does. */
    JsonNode post(String path, Duration patience) throws InterruptedException {
        return send(request(path).timeout(patience).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** @param json the body */
    JsonNode post(String path, String json, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(request.POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    JsonNode delete(String path) throws InterruptedException {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(BASE + path))
                .header("User-Agent", "openclaw-aitbc/" + VersionSource.version())
                .timeout(PATIENCE);
        config.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
        String text = body(request);
        try {
            return json.read(text);
        } catch (JacksonException e) {
            throw wrong(e);
        }
    }

    private String body(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<java.io.InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            byte[] bytes;
            try (var body = response.body()) {
                bytes = body.readNBytes(LARGEST_ANSWER);
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (response.statusCode() != 200) {
                String other = "the host answered " + response.statusCode();
                throw new CommandFailure(
                        ExitCode.FAILED, json.read(text).path("error").asString(other));
            }
            return text;
        } catch (IOException | JacksonException e) {
            throw wrong(e);
        }
    }

    private CommandFailure wrong(Exception cause) {
        return new CommandFailure(
                ExitCode.FAILED,
                "The host at %s does not answer as it should: %s".formatted(url, FailureReason.of(cause)));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
