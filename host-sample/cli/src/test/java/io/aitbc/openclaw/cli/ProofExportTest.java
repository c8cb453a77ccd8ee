package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host hands out goes into the file as it came. */
class ProofExportTest {
    /** Half a character, a number in a form of its own, and members in their order. */
    private static final String BUNDLE = "{\"receipt\":\"\\ud83d\",\"version\":1.0e0,\"a\":[]}";

    @TempDir
    private Path folder;

    @Test
    void bundle_with_half_a_character_is_written_as_it_came() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> environment = Map.of(
                "OPENCLAW_DATA_DIRECTORY",
                data.toString(),
                "OPENCLAW_PLUGINS_DIRECTORY",
                Files.createDirectory(folder.resolve("plugins")).toString(),
                "OPENCLAW_AITBC",
                "off",
                "OPENCLAW_PORT",
                "0",
                "XDG_CONFIG_HOME",
                folder.toString());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/openclaw/proofs/job-1", exchange -> {
            byte[] bytes = BUNDLE.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, bytes.length);
            try (var body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        });
        server.start();
        try (Host host = Host.start(HostConfig.read(Map.of(), environment, Optional.empty()))) {
            assertThat(host.engines()).isNotEmpty();
            // Commands find the host by what stands here; this one hands out what a test cannot make a network say.
            Files.writeString(
                    data.resolve("host.url"),
                    "http://127.0.0.1:%d\n".formatted(server.getAddress().getPort()));
            Path file = folder.resolve("bundle.json");
            CommandRun export = CommandRun.of(environment, "proof", "export", "job-1", "-o", file.toString());
            assertThat(export.exitCode()).as(export.err()).isEqualTo(ExitCode.DONE);
            assertThat(file).hasContent(BUNDLE);
        } finally {
            server.stop(0);
        }
    }
}
