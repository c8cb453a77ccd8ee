package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What of a request reaches a network in another process, whichever way it came in. */
class PrivacyIT {
    private static final String SECRET = "jane.roe@example.org";

    @TempDir
    private Path scratch;

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    /** Every way in, with the fields that carry a text. */
    private static Map<String, String> paths() {
        String messages = "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"I am " + SECRET + "\"}]";
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("/api/chat", messages);
        paths.put("/api/generate", "\"prompt\":\"I am " + SECRET + "\"");
        paths.put("/api/embed", "\"input\":\"I am " + SECRET + "\"");
        paths.put("/api/embeddings", "\"prompt\":\"I am " + SECRET + "\"");
        paths.put("/v1/chat/completions", messages);
        paths.put("/v1/completions", "\"prompt\":\"I am " + SECRET + "\"");
        paths.put("/v1/responses", "\"input\":\"I am " + SECRET + "\"");
        paths.put("/v1/embeddings", "\"input\":\"I am " + SECRET + "\"");
        paths.put("/v1/messages", messages);
        return paths;
    }

    @Test
    void the_class_of_a_request_holds_on_its_whole_way() throws Exception {
        Installation installation = new Installation(scratch);
        try (RunningHost devnet = installation.devnet();
                RunningHost host = installation.serve(Stream.concat(
                                installation.network(devnet).stream(),
                                Stream.of("--set", "plugins.skill-router.offload=auto"))
                        .toArray(String[]::new))) {
            for (Map.Entry<String, String> path : paths().entrySet()) {
                for (String model : new String[] {"aitbc/wren-tiny", "wren-tiny@devnet-miner-1"}) {
                    post(host, path.getKey(), model, path.getValue(), "local-only");
                }
            }
            assertThat(get(host.url() + "/api/v1/openclaw/payments")).contains("\"payments\":[]");
            assertThat(get(devnet.url() + "/v1/explorer/receipts")).contains("\"items\":[]");

            String preview =
                    post(host, "/api/v1/openclaw/preview", "aitbc/wren-tiny", paths().get("/api/chat"), "redact");
            Path body = Files.writeString(
                    scratch.resolve("body.json"),
                    "{\"model\":\"aitbc/wren-tiny\",%s}".formatted(paths().get("/api/chat")));
            Installation.Ended told = installation.run(
                    "preview",
                    body.toString(),
                    "--privacy",
                    "redact",
                    "--data",
                    scratch.resolve("data").toString());
            assertThat(told.exitCode()).as(told.err()).isZero();
            assertThat(told.out())
                    .contains("leaves this machine, as a job request, to " + devnet.url())
                    .contains("| I am [EMAIL_1]", "kept back: 1 email")
                    .doesNotContain(SECRET);
            JsonNode answer =
                    json.readTree(post(host, "/api/chat", "aitbc/wren-tiny", paths().get("/api/chat"), "redact"));

            assertThat(preview).contains("I am [EMAIL_1]").doesNotContain(SECRET);
            assertThat(answer.path("aitbc_metadata").path("transport").asString())
                    .isEqualTo("job");
            assertThat(answer.path("aitbc_metadata").path("redacted").toString())
                    .isEqualTo("{\"email\":1}");
            assertThat(get(devnet.url() + "/v1/explorer/receipts"))
                    .contains("I am [EMAIL_1]")
                    .doesNotContain(SECRET);
        }
    }

    private String post(RunningHost host, String path, String model, String fields, String privacy)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(host.url() + path))
                .header("X-AITBC-Privacy", privacy)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"%s\",\"stream\":false,%s}".formatted(model, fields)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private String get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
