package io.aitbc.openclaw.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client like any other: it knows nothing but the Ollama API. */
final class DemoClient implements AutoCloseable {
    /**
     * A streamed answer.
     *
     * @param lines objects in the order in which they came
     * @param firstByte time until the first of them
     */
    record Streamed(List<JsonNode> lines, Duration firstByte) {}

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final Json json = new Json();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    DemoClient(URI base) {
        this.base = base;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return body(client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString()));
    }

    JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .POST(HttpRequest.BodyPublishers.ofString(json.compact(body)))
                .build();
        return body(client.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    /** The body of a chat request. */
    ObjectNode question(String model, String prompt) {
        ObjectNode body = json.object().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        body.putObject("options").put("temperature", 0).put("num_predict", 60);
        return body;
    }

    JsonNode chat(String model, String prompt) throws IOException, InterruptedException {
        return post("/api/chat", question(model, prompt).put("stream", false));
    }

    Streamed stream(String model, String prompt) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpRequest request = request("/api/chat")
                .POST(HttpRequest.BodyPublishers.ofString(json.compact(question(model, prompt))))
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        List<JsonNode> lines = new ArrayList<>();
        Duration firstByte = Duration.ZERO;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (lines.isEmpty()) {
                    firstByte = Duration.ofNanos(System.nanoTime() - start);
                }
                lines.add(json.read(line));
            }
        }
        return new Streamed(List.copyOf(lines), firstByte);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    }

    private JsonNode body(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("status %d: %s".formatted(response.statusCode(), response.body()));
        }
        return json.read(response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
