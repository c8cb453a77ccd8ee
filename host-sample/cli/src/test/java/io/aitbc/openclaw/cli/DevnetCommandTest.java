package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DevnetCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_devnet_tells_where_its_services_and_miners_are() throws Exception {
        Terminal terminal = new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false);
        String[] arguments = {
            "devnet",
            "--port",
            "0",
            "--marketplace-port",
            "0",
            "--chain-port",
            "0",
            "--miners",
            "2",
            "--public-endpoints",
            "--prover",
            "recorded",
            "--quirks",
            "payment-skipped"
        };
        Thread command = Thread.ofPlatform()
                .start(() ->
                        Main.run(new CommandContext(terminal, InputStream.nullInputStream(), Map.of()), arguments));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> out.toString().contains("A host that uses it"));

            List<String> lines = out.toString().lines().toList();
            assertThat(lines.getFirst()).startsWith("ready http://127.0.0.1:");
            assertThat(lines).anyMatch(line -> line.matches("miner +devnet-miner-1 +http://127.0.0.1:\\d+"));
            assertThat(lines).anyMatch(line -> line.matches("miner +devnet-miner-2 +http://127.0.0.1:\\d+"));
            assertThat(lines).anyMatch(line -> line.matches("quirks +payment-skipped"));
            assertThat(lines).anyMatch(line -> line.matches("levers +http://127.0.0.1:\\d+/devnet"));
            String registry = lines.stream()
                    .filter(line -> line.startsWith("registry"))
                    .map(line -> line.substring("registry".length()).strip())
                    .findFirst()
                    .orElseThrow();
            try (Socket socket = new Socket("127.0.0.1", URI.create(registry).getPort())) {
                assertThat(socket.isConnected()).isTrue();
            }
        } finally {
            command.interrupt();
            command.join(Duration.ofSeconds(20));
        }
        assertThat(command.isAlive()).isFalse();
    }
}
