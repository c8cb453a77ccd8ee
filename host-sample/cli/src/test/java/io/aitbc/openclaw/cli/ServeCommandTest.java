package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    private Path folder;

    @Test
    void a_host_whose_servers_are_away_stays_up_and_says_so() throws Exception {
        StringWriter out = new StringWriter();
        FutureTask<Integer> serving = new FutureTask<>(() -> serve(out));
        Thread server = Thread.ofPlatform().start(serving);
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> serving.isDone() || out.toString().contains("/api/tags"));

            assertThat(serving.isDone()).as(out.toString()).isFalse();
            String printed = out.toString();
            assertThat(printed).startsWith("ready http://").contains("none of ollama: ");
            URI url = URI.create(printed.lines().findFirst().orElseThrow().substring("ready ".length()));
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest request =
                        HttpRequest.newBuilder(url.resolve("/api/version")).build();
                assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(200);
            }
        } finally {
            server.interrupt();
            assertThat(server.join(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(serving.get(1, TimeUnit.SECONDS)).isEqualTo(ExitCode.FAILED);
    }

    private int serve(StringWriter out) throws IOException {
        Map<String, String> environment = Map.of(
                "OPENCLAW_DATA_DIRECTORY", folder.resolve("data").toString(),
                "OPENCLAW_PLUGINS_DIRECTORY",
                        Files.createDirectory(folder.resolve("plugins")).toString(),
                "XDG_CONFIG_HOME", folder.toString());
        PrintWriter printer = new PrintWriter(out);
        return Main.run(
                new CommandContext(
                        new Terminal(printer, printer, false), new ByteArrayInputStream(new byte[0]), environment),
                "serve",
                "--port",
                "0",
                "--ollama",
                NOBODY,
                "--aitbc",
                NOBODY);
    }
}
