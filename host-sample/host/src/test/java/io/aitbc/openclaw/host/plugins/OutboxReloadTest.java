package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.host.outbox.OutboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutboxReloadTest {
    @TempDir
    static Path jars;

    private static Path worker1;
    private static Path worker2;

    @TempDir
    Path folder;

    private final Semaphore gate = new Semaphore(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private PluginHost host;

    @BeforeAll
    static void compile() throws IOException {
        worker1 = TestingPlugin.of("worker").jar(jars.resolve("worker-1.jar"));
        worker2 = TestingPlugin.of("worker").version("2.0.0").jar(jars.resolve("worker-2.jar"));
    }

    @AfterEach
    void stop() {
        gate.release(1000);
        host.close();
        threads.close();
    }

    private void start(Duration drainLimit, Path... plugins) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("plugins"));
        for (Path plugin : plugins) {
            Files.copy(plugin, directory.resolve(plugin.getFileName()));
        }
        host = PluginHost.start(
                PluginHostOptions.of(directory, folder.resolve("data"))
                        .withLimits(Duration.ofSeconds(20), drainLimit)
                        .withOutbox(OutboxOptions.defaults().withPauses(Duration.ofMillis(5), Duration.ofMillis(50))),
                List.of(new TestingVerifier("gate", gate::acquireUninterruptibly)));
        host.work();
    }

    private OutboxMessage add(String key, String payload) {
        return host.outbox().add("post", "lane", key, payload);
    }

    private OutboxMessage find(String key) {
        return host.outbox().find("post", key).orElseThrow();
    }

    private List<String> deliveries() throws IOException {
        return Files.readAllLines(folder.resolve("data/plugins/worker/diary")).stream()
                .filter(line -> line.startsWith("begin") || line.startsWith("arrived"))
                .toList();
    }

    private void awaitDelivered(String key) {
        await().until(() -> find(key).state() == State.DELIVERED);
    }

    @Test
    void a_plugin_delivers_what_is_left_in_the_outbox() throws IOException {
        start(Duration.ofSeconds(10), worker1);
        OutboxMessage _ = add("1", "{}");
        awaitDelivered("1");
        assertThat(find("1").note()).isEqualTo("by 1.0.0");
        assertThat(deliveries()).containsExactly("begin 1 0 1.0.0", "arrived 1 1.0.0");
    }

    @Test
    void a_delivery_that_runs_while_its_plugin_is_replaced_ends_in_the_old_one_and_the_next_goes_to_the_new_one()
            throws Exception {
        start(Duration.ofSeconds(20), worker1);
        OutboxMessage _ = add("1", "gate");
        OutboxMessage _ = add("2", "{}");
        await().until(gate::hasQueuedThreads);
        Future<PluginStatus> replacing = threads.submit(() -> host.replace("worker", worker2));
        await().until(() -> host.plugins().stream().anyMatch(plugin -> plugin.state() == PluginState.DRAINING));
        gate.release();
        replacing.get(20, TimeUnit.SECONDS);
        awaitDelivered("2");
        assertThat(deliveries())
                .containsExactly("begin 1 0 1.0.0", "arrived 1 1.0.0", "begin 2 0 2.0.0", "arrived 2 2.0.0");
    }

    @Test
    void a_delivery_that_does_not_end_in_time_is_begun_again_in_the_new_plugin_which_knows_of_it() throws IOException {
        start(Duration.ofMillis(50), worker1);
        OutboxMessage _ = add("1", "hang");
        await().until(() -> find("1").attempts() == 1);
        await().until(() -> deliveries().contains("begin 1 0 1.0.0"));
        host.replace("worker", worker2);
        awaitDelivered("1");
        assertThat(deliveries()).startsWith("begin 1 0 1.0.0").endsWith("arrived 1 2.0.0");
        assertThat(deliveries().stream().filter(line -> line.startsWith("arrived")))
                .hasSize(1);
        assertThat(deliveries().get(1)).isEqualTo("begin 1 1 2.0.0");
    }

    @Test
    void nothing_is_lost_or_doubled_while_a_plugin_is_replaced_again_and_again() throws Exception {
        start(Duration.ofSeconds(20), worker1);
        Future<?> adding = threads.submit(() ->
                IntStream.range(0, 300).forEach(i -> host.outbox().add("post", "lane " + i % 7, "key " + i, "{}")));
        for (int i = 0; i < 6; i++) {
            host.replace("worker", i % 2 == 0 ? worker2 : worker1);
        }
        adding.get(30, TimeUnit.SECONDS);
        await().until(() -> host.outbox().view().counts().delivered() == 300);
        assertThat(deliveries().stream()
                        .filter(line -> line.startsWith("arrived"))
                        .map(line -> line.replaceFirst(" \\d\\.0\\.0$", "")))
                .hasSize(300)
                .doesNotHaveDuplicates();
    }

    @Test
    void messages_wait_for_a_host_that_has_the_plugin() throws IOException {
        start(Duration.ofSeconds(10));
        OutboxMessage _ = add("1", "{}");
        host.close();
        start(Duration.ofSeconds(10), worker1);
        awaitDelivered("1");
        assertThat(deliveries()).containsExactly("begin 1 0 1.0.0", "arrived 1 1.0.0");
    }

    @Test
    void nothing_is_delivered_before_the_host_is_told_to_work() throws IOException {
        start(Duration.ofSeconds(10));
        OutboxMessage _ = add("1", "{}");
        host.close();
        Files.copy(worker1, folder.resolve("plugins/worker.jar"));
        try (PluginHost idle =
                PluginHost.start(PluginHostOptions.of(folder.resolve("plugins"), folder.resolve("data")), List.of())) {
            assertThat(idle.outbox().find("post", "1").orElseThrow().state()).isEqualTo(State.WAITING);
        }
        assertThat(folder.resolve("data/plugins/worker/diary")).content().doesNotContain("begin");
    }
}
