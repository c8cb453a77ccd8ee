package io.aitbc.openclaw.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
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

    /**
     * What a server answered.
     *
     * @param date its clock, when it tells
     * @param bearerChallenge whether it asks for a token
     * @param json the body of an answer with status 200
     */
    record Answer(int status, Optional<Instant> date, boolean bearerChallenge, Optional<JsonNode> json) {}

    /** The JSON answer of a server with status 200; empty when there is none. */
    Optional<JsonNode> get(URI base, String path) throws InterruptedException {
        return ask(base, path).flatMap(Answer::json);
    }

    /** Empty when there is no answer. */
    Optional<Answer> ask(URI base, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(resolve(base, path))
                .timeout(PATIENCE)
                .GET()
                .build();
        try {
            HttpResponse<java.io.InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                byte[] bytes = body.readNBytes(LARGEST_ANSWER);
                return Optional.of(new Answer(
                        response.statusCode(),
                        response.headers().firstValue("Date").flatMap(Probe::date),
                        response.headers().allValues("WWW-Authenticate").stream()
                                .anyMatch(challenge -> challenge.strip().regionMatches(true, 0, "Bearer", 0, 6)),
                        response.statusCode() == 200 ? json(bytes) : Optional.empty()));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> json(byte[] bytes) {
        try {
            return Optional.of(json.read(new String(bytes, StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
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
