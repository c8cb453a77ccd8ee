package io.aitbc.openclaw.bench.faults;

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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client that knows nothing but the Ollama API and believes nothing but what it reads. */
final class FaultClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JsonMapper mapper = new JsonMapper();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    FaultClient(URI base) {
        this.base = base;
    }

    /** Reads an answer to its end. */
    Reply chat(String model, boolean stream) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<InputStream> response = open(model, stream);
        Reading reading = new Reading();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.add(line);
            }
        } catch (IOException e) {
            reading.error = "connection broke: " + e.getMessage();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Reply(
                response.statusCode(),
                reading.text.toString(),
                reading.done,
                reading.error,
                reading.provider,
                time,
                false);
    }

    /** Reads the first line of an answer and goes away. */
    void chatAndLeave(String model) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = open(model, true);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (lines.readLine() == null) {
                throw new IOException("there was no first line");
            }
        }
    }

    /** Sends a request and goes away before there is an answer, when the time is up. */
    void chatAndGiveUp(String model, Duration after) throws InterruptedException {
        HttpRequest request = request(model, true).timeout(after).build();
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            return; // as intended
        }
        throw new IllegalStateException("there was an answer before the client could give up");
    }

    private HttpResponse<InputStream> open(String model, boolean stream) throws IOException, InterruptedException {
        return client.send(request(model, stream).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String model, boolean stream) {
        ObjectNode body = mapper.createObjectNode().put("model", model).put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", "What is the capital of France?");
        return HttpRequest.newBuilder(base.resolve("/api/chat"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    /** What was read so far. */
    private final class Reading {
        private final StringBuilder text = new StringBuilder();
        private boolean done;
        private String error = "";
        private String provider = "";

        void add(String line) {
            JsonNode object;
            try {
                object = mapper.readTree(line);
            } catch (JacksonException e) {
                error = "a line is not JSON";
                return;
            }
            text.append(object.path("message").path("content").asString(""));
            if (object.path("done").asBoolean(false)) {
                done = true;
            }
            if (object.has("error")) {
                // A second error, or one after the end, is as wrong as none.
                error = error.isEmpty() && !done ? object.path("error").asString("") : "more than one end";
            }
            JsonNode metadata = object.path("aitbc_metadata");
            if (!metadata.isMissingNode()) {
                provider = metadata.path("provider").asString("");
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
