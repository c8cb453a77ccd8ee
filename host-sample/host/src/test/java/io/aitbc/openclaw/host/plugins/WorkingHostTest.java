package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostAddress;
import io.aitbc.openclaw.host.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkingHostTest {
    @TempDir
    Path folder;

    private HostConfig config;

    @BeforeEach
    void install() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        TestingPlugin.of("worker").jar(plugins.resolve("worker.jar"));
        config = HostConfig.read(
                Map.of(
                        "data-directory", data().toString(),
                        "plugins-directory", plugins.toString(),
                        "port", "0",
                        "aitbc", "off",
                        "plugins-signatures", "off",
                        "ollama", "http://127.0.0.1:1"),
                Map.of(),
                Optional.empty());
    }

    private Path data() {
        return folder.resolve("data");
    }

    @Test
    void a_host_starts_services_and_delivers_what_waits() {
        try (Host idle = Host.startIdle(config)) {
            assertThat(idle.services()).isEmpty();
            assertThat(idle.outbox().add("post", "lane", "1", "{}").state()).isEqualTo(State.WAITING);
        }
        try (Host host = Host.start(config)) {
            await().until(() -> host.services().stream()
                    .anyMatch(service -> service.health().state() == ServiceHealth.State.RUNNING));
            await().until(() -> host.outbox().find("post", "1").orElseThrow().state() == State.DELIVERED);
        }
        assertThat(data().resolve("plugins/worker/diary")).content().contains("start 1.0.0", "stop 1.0.0");
    }

    @Test
    void where_a_host_can_be_reached_stands_in_its_data_directory_while_it_runs() throws IOException {
        assertThat(HostAddress.ofRunning(data())).isEmpty();
        try (Host host = Host.start(config)) {
            HostAddress.Running running = HostAddress.ofRunning(data()).orElseThrow();
            assertThat(running.url()).isEqualTo(host.url());
            assertThat(running.instance()).hasSize(32);
        }
        assertThat(HostAddress.ofRunning(data())).isEmpty();
        Files.writeString(data().resolve("host.url"), "http://127.0.0.1:9\n");
        assertThat(HostAddress.ofRunning(data())).isEmpty();
    }
}
