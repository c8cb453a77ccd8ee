package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Host host = Host.start(HostConfig.read(Map.of(), environment, Optional.empty()))) {
            Thread _ = Thread.ofVirtual().start(() -> answer(server));
            assertThat(host.engines()).isNotEmpty();
            // Commands find the host by what stands here; this one hands out what a test cannot make a network say.
            Files.writeString(data.resolve("host.url"), "http://127.0.0.1:%d\n".formatted(server.getLocalPort()));
            Path file = folder.resolve("bundle.json");
            CommandRun export = CommandRun.of(environment, "proof", "export", "job-1", "-o", file.toString());
            assertThat(export.exitCode()).as(export.err()).isEqualTo(ExitCode.DONE);
            assertThat(file).hasContent(BUNDLE);
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept();
                BufferedReader head =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String request = head.readLine();
            String status = request.startsWith("GET /api/v1/openclaw/proofs/job-1 ") ? "200 OK" : "404 Not Found";
            while (!head.readLine().isEmpty()) {
                // The rest of the head says nothing that matters.
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                            .formatted(status, BUNDLE.length(), BUNDLE)
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
