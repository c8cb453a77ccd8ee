package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.host.trust.PluginSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServicesTest {
    private static final String SOURCE = "test/worker/Worker.java";

    @TempDir
    static Path jars;

    private static Path worker1;
    private static Path worker2;
    private static Path unwilling;
    private static Path verifier;

    @TempDir
    Path folder;

    private PluginHost host;

    @BeforeAll
    static void compile() throws IOException {
        worker1 = TestingPlugin.of("worker").jar(jars.resolve("worker-1.jar"));
        worker2 = TestingPlugin.of("worker").version("2.0.0").jar(jars.resolve("worker-2.jar"));
        unwilling = TestingPlugin.of("worker")
                .version("3.0.0")
                .replace(SOURCE, "STARTS = \"as-set\"", "STARTS = \"throw\"")
                .jar(jars.resolve("worker-3.jar"));
        verifier = TestingPlugin.of("verifier").jar(jars.resolve("verifier.jar"));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void load(Map<String, String> settings, Path... plugins) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("plugins"));
        for (Path plugin : plugins) {
            Files.copy(plugin, directory.resolve(plugin.getFileName()));
        }
        host = PluginHost.start(
                PluginHostOptions.of(directory, folder.resolve("data"))
                        .withConfig(Map.of("worker", settings))
                        .withLimits(Duration.ofSeconds(5), Duration.ofSeconds(5))
                        .withServiceStopLimit(Duration.ofMillis(500)),
                List.of());
    }

    private ServiceStatus awaitService() {
        await().until(() -> !host.services().isEmpty());
        return host.services().getFirst();
    }

    private List<String> diary() throws IOException {
        return Files.readAllLines(folder.resolve("data/plugins/worker/diary"));
    }

    @Test
    void services_are_not_started_before_the_host_is_told_to_work() throws IOException {
        load(Map.of(), worker1);
        assertThat(host.services()).isEmpty();
        host.close();
        assertThat(diary()).containsExactly("close 1.0.0");
    }

    @Test
    void a_service_works_from_when_all_is_loaded_until_the_host_is_closed() throws IOException {
        load(Map.of(), worker1, verifier);
        host.work();
        ServiceStatus status = awaitService();
        assertThat(status.id()).isEqualTo("worker");
        assertThat(status.plugin()).isEqualTo("worker");
        assertThat(status.generation()).isEqualTo(1);
        assertThat(status.health().state()).isEqualTo(ServiceHealth.State.RUNNING);
        assertThat(status.health().facts()).containsEntry("version", "1.0.0");
        host.close();
        assertThat(diary()).containsExactly("start 1.0.0", "stop 1.0.0", "close 1.0.0");
    }

    @Test
    void a_candidate_whose_service_does_not_start_is_tried_once_whatever_becomes_of_its_signature() throws IOException {
        load(Map.of(), worker1);
        host.work();
        awaitService();
        host.watch();
        Path file = folder.resolve("plugins/worker-1.jar");
        Files.move(Files.copy(unwilling, folder.resolve("draft")), file, StandardCopyOption.ATOMIC_MOVE);
        await().until(() -> states().contains("worker-1.jar FAILED"));
        Files.writeString(PluginSignature.fileOf(file), "another signature");
        Files.copy(verifier, folder.resolve("plugins/z-verifier.jar"));
        await().until(() -> states().contains("z-verifier.jar ACTIVE"));
        assertThat(diary()).filteredOn("stop 1.0.0"::equals).hasSize(1);

        assertThatThrownBy(() -> host.reload("worker", false)).hasMessageContaining("was not replaced");
        assertThat(diary()).filteredOn("stop 1.0.0"::equals).hasSize(2);
        assertThat(states()).contains("worker-1.jar FAILED", "worker-1.jar ACTIVE");
    }

    private List<String> states() {
        return host.plugins().stream()
                .map(status -> status.source() + " " + status.state())
                .toList();
    }

    @Test
    void others_see_a_service_and_can_neither_start_nor_stop_it() throws IOException {
        load(Map.of(), worker1);
        host.work();
        awaitService();
        BackgroundService service =
                host.extensions().byId(BackgroundService.class, "worker").orElseThrow();
        assertThat(service.health().summary()).isEqualTo("works");
        assertThatThrownBy(service::stop)
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
        assertThat(service.health().summary()).isEqualTo("works");
    }

    @Test
    void the_old_service_stops_before_the_new_one_starts() throws IOException {
        load(Map.of(), worker1);
        host.work();
        awaitService();
        host.replace("worker", worker2);
        assertThat(diary()).containsExactly("start 1.0.0", "stop 1.0.0", "start 2.0.0", "close 1.0.0");
        assertThat(host.services())
                .singleElement()
                .satisfies(status -> assertThat(status.generation()).isEqualTo(2));
    }

    @Test
    void a_candidate_whose_service_does_not_start_leaves_the_old_one_at_work() throws IOException {
        load(Map.of(), worker1);
        host.work();
        awaitService();
        assertThatThrownBy(() -> host.replace("worker", unwilling))
                .hasMessageContaining("its service 'worker' does not start");
        assertThat(diary()).containsExactly("start 1.0.0", "stop 1.0.0", "close 3.0.0", "start 1.0.0");
        assertThat(host.services().getFirst().health().state()).isEqualTo(ServiceHealth.State.RUNNING);
        assertThat(host.plugins())
                .singleElement()
                .satisfies(plugin -> assertThat(plugin.version()).isEqualTo("1.0.0"));
    }

    @Test
    void a_service_that_never_worked_does_not_keep_its_plugin_from_being_replaced() throws IOException {
        load(Map.of("start", "refuse"), worker1);
        host.work();
        assertThat(awaitService().health().summary()).contains("plugins.worker.start is wrong");
        assertThat(host.replace("worker", worker2).state()).isEqualTo(PluginState.ACTIVE);
        assertThat(host.services().getFirst().health().state()).isEqualTo(ServiceHealth.State.FAILED);
    }

    @Test
    void a_service_that_throws_or_hangs_in_start_harms_nobody() throws IOException {
        for (String how : List.of("throw", "hang")) {
            load(Map.of("start", how), worker1, verifier);
            host.work();
            assertThat(host.extensions().all(ProofVerifier.class)).hasSize(1);
            ServiceStatus status = awaitService();
            assertThat(status.health().state()).isEqualTo(ServiceHealth.State.FAILED);
            assertThat(status.health().summary()).isNotBlank();
            assertThat(host.plugins()).extracting(PluginStatus::state).containsOnly(PluginState.ACTIVE);
            stop();
            Files.delete(folder.resolve("plugins/worker-1.jar"));
            Files.delete(folder.resolve("plugins/verifier.jar"));
        }
    }

    @Test
    void a_service_that_does_not_stop_is_replaced_once_its_generation_is_closed() throws IOException {
        for (String how : List.of("throw", "hang")) {
            load(Map.of("stop", how), worker1);
            host.work();
            awaitService();
            host.replace("worker", worker2);
            assertThat(diary()).containsExactly("start 1.0.0", "close 1.0.0", "start 2.0.0");
            assertThat(host.services().getFirst().generation()).isEqualTo(2);
            stop();
            Files.delete(folder.resolve("plugins/worker-1.jar"));
            Files.delete(folder.resolve("data/plugins/worker/diary"));
        }
    }

    @Test
    void a_service_that_does_not_say_how_it_fares_is_shown_as_failed() throws IOException {
        load(Map.of("health", "hang"), worker1);
        host.work();
        assertThat(awaitService().health().summary()).contains("does not say how it fares");
    }
}
