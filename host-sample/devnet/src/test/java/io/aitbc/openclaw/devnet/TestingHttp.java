package io.aitbc.openclaw.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An HTTP client that hides nothing: one connection per request, and a cut or reset connection is an exception. */
record TestingHttp(String baseUrl) {
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.parse(body).orElseThrow(() -> new AssertionError("not JSON: " + text()));
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    Answer get(String path, Map<String, String> headers) {
        return send("GET", path, headers, "");
    }

    Answer send(String method, String path, Map<String, String> headers, String body) {
        try {
            return exchange(method, path, headers, body);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    Answer exchange(String method, String path, Map<String, String> headers, String body) throws IOException {
        try (TestingConnection connection = TestingConnection.open(baseUrl)) {
            return connection.exchange(method, path, headers, body);
        }
    }
}
