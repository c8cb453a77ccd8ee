package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays requests that were recorded from a real Ollama and compares status, content type and text. */
class GoldenErrorsTest {
    /** Recordings that are not for us: answers of the engine itself, of Ollama's cloud and registry, and what the embedding tests cover. */
    private static final List<String> NOT_OURS = List.of(
            "\"images\":[\"aGVsbG8=\"]",
            "{{ .",
            "/api/me",
            "/api/signout",
            "/api/push",
            "foo:cloud",
            "/api/experimental",
            "/api/create",
            "OPTIONS",
            "\"num_ctx\":8",
            "\"model\":\"notools\"",
            "\"stream\":true",
            "\"logprobs\":true",
            "/v1/models/wren");

    private static ApiServer server;

    record Recording(String method, String path, String body, int status, String contentType, String answer) {
        @Override
        public String toString() {
            return method + " " + path + " " + body;
        }
    }

    @BeforeAll
    static void start() {
        server = ApiServer.start(
                ApiServerOptions.defaults().withPort(0), TestingExtensions.of(new TestingEngine()), List::of);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Recording> recordings() throws IOException {
        List<Recording> recordings = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GoldenErrorsTest.class.getResourceAsStream("/ollama/golden-errors.txt")),
                StandardCharsets.UTF_8))) {
            String text = reader.lines().reduce("", (all, line) -> all + line + "\n");
            for (String block : text.split("(?m)^\\$ ")) {
                if (!block.isBlank() && NOT_OURS.stream().noneMatch(block::contains)) {
                    recordings.add(parse(block));
                }
            }
        }
        return recordings;
    }

    private static Recording parse(String block) {
        Matcher matcher = Pattern.compile(
                        "(?s)(?:-X (\\w+) )?(\\S+)(?: -d (.*?))?\\n(.*?)\\s*\\[(\\d+) ([^\\]]*)\\]\\s*")
                .matcher(block);
        if (!matcher.matches()) {
            throw new IllegalStateException("cannot read recording: " + block);
        }
        String body = Objects.requireNonNullElse(matcher.group(3), "");
        String method = Objects.requireNonNullElse(matcher.group(1), body.isEmpty() ? "GET" : "POST");
        return new Recording(
                method, matcher.group(2), body, Integer.parseInt(matcher.group(5)), matcher.group(6), matcher.group(4));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void answer_is_that_of_the_recording(Recording recording) throws IOException {
        RawClient.Reply reply = RawClient.call(server.port(), recording.method(), recording.path(), recording.body());

        assertThat(reply.body().strip()).isEqualTo(recording.answer());
        assertThat(reply.status()).isEqualTo(recording.status());
        assertThat(reply.header("content-type")).isEqualTo(recording.contentType());
    }
}
