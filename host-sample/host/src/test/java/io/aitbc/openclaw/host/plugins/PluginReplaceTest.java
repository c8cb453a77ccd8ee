package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.SAME_THREAD) // collects garbage, and waits for it to be gone
class PluginReplaceTest {
    @TempDir
    static Path jars;

    private static Path verifier1;
    private static Path verifier2;
    private static Path brokenVerifier;
    private static Path provider1;
    private static Path provider2;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore gate = new Semaphore(0);
    private volatile boolean gateOpen;
    private Path plugins;
    private PluginHost host;

    @BeforeAll
    static void compile() throws IOException {
        verifier1 = TestingPlugin.of("verifier").jar(jars.resolve("verifier-1.jar"));
        verifier2 = TestingPlugin.of("verifier").version("2.0.0").jar(jars.resolve("verifier-2.jar"));
        brokenVerifier = TestingPlugin.of("verifier")
                .version("3.0.0")
                .replace(
                        "test/verifier/TestVerifierFactory.java",
                        "BackgroundWork.start(context);",
                        "if (context != null) throw new IllegalStateException(\"not today\");")
                .jar(jars.resolve("verifier-3.jar"));
        provider1 = TestingPlugin.of("provider").jar(jars.resolve("provider-1.jar"));
        provider2 = TestingPlugin.of("provider").version("2.0.0").jar(jars.resolve("provider-2.jar"));
    }

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
    }

    @AfterEach
    void stop() {
        gateOpen = true;
        gate.release(1000);
        host.close();
        threads.close();
    }

    private void start(Path jar, Duration drainLimit) throws IOException {
        Files.copy(jar, plugins.resolve("plugin.jar"));
        PluginHostOptions options =
                PluginHostOptions.of(plugins, folder.resolve("data")).withLimits(Duration.ofSeconds(50), drainLimit);
        host = PluginHost.start(options, List.of(new TestingVerifier("gate", this::passGate)));
    }

    private void passGate() {
        if (!gateOpen) {
            gate.acquireUninterruptibly();
        }
    }

    private ProofVerifier verifier() {
        return host.extensions().byId(ProofVerifier.class, "test").orElseThrow();
    }

    private static String ask(ProofVerifier verifier, String kind) {
        return verifier.verify(new Evidence(kind, "{}", Set.of())).reason();
    }

    private void awaitAllCollected() {
        await().untilAsserted(() -> {
            System.gc();
            assertThat(host.unloadedInMemory()).isZero();
        });
    }

    @Test
    void a_replaced_plugin_answers_from_its_new_generation_and_the_old_one_is_collected() throws IOException {
        start(verifier1, Duration.ofSeconds(10));
        ProofVerifier handle = verifier();
        assertThat(ask(handle, "version")).isEqualTo("1.0.0");
        PluginStatus status = host.replace("verifier", verifier2);
        assertThat(status.state()).isEqualTo(PluginState.ACTIVE);
        assertThat(status.generation()).isEqualTo(2);
        assertThat(status.version()).isEqualTo("2.0.0");
        assertThat(ask(handle, "version")).isEqualTo("2.0.0");
        assertThat(verifier()).isSameAs(handle);
        assertThat(host.plugins()).containsExactly(status);
        assertThat(folder.resolve("data/plugins/verifier/closed")).hasContent("1.0.0");
        awaitAllCollected();
    }

    @Test
    void a_replaced_plugin_is_told_to_retire_while_its_calls_run_and_none_is_when_the_host_ends() throws Exception {
        start(verifier1, Duration.ofSeconds(50));
        Future<String> running = threads.submit(() -> ask(verifier(), "lazy"));
        await().until(() -> gate.hasQueuedThreads());
        Path retired = folder.resolve("data/plugins/verifier/retired");
        Future<PluginStatus> replacing = threads.submit(() -> host.replace("verifier", verifier2));
        await().untilAsserted(() -> assertThat(retired).hasContent("1.0.0"));
        assertThat(running).isNotDone();
        gate.release();
        assertThat(running.get()).isEqualTo("1.0.0");
        assertThat(replacing.get().version()).isEqualTo("2.0.0");
        host.close();
        assertThat(folder.resolve("data/plugins/verifier/closed")).hasContent("2.0.0");
        assertThat(retired).hasContent("1.0.0");
    }

    @Test
    void resources_come_from_the_new_generation_when_the_jar_was_replaced_in_place() throws IOException {
        start(verifier1, Duration.ofSeconds(10));
        assertThat(ask(verifier(), "resource")).isEqualTo("1.0.0");
        Path inPlace = plugins.resolve("plugin.jar");
        Files.copy(verifier2, inPlace, StandardCopyOption.REPLACE_EXISTING);
        host.replace("verifier", inPlace);
        assertThat(ask(verifier(), "resource")).isEqualTo("2.0.0");
    }

    @Test
    void the_same_jar_can_be_loaded_again() throws IOException {
        start(verifier1, Duration.ofSeconds(10));
        assertThat(host.replace("verifier", verifier1).generation()).isEqualTo(2);
        assertThat(ask(verifier(), "version")).isEqualTo("1.0.0");
    }

    @Test
    void a_candidate_that_fails_leaves_the_old_generation_untouched() throws IOException {
        start(verifier1, Duration.ofSeconds(10));
        List<PluginStatus> before = host.plugins();
        assertThatThrownBy(() -> host.replace("verifier", brokenVerifier))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("not today")
                .hasNoCause();
        assertThatThrownBy(() -> host.replace("verifier", provider1))
                .hasMessageContaining("its Plugin-Id is 'provider'");
        assertThatThrownBy(() -> host.replace("absent", verifier2))
                .hasMessageContaining("no plugin of this id is active");
        assertThatThrownBy(() -> host.replace("verifier", folder.resolve("absent.jar")))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("absent.jar: is not a file");
        assertThat(host.plugins()).isEqualTo(before);
        assertThat(ask(verifier(), "lazy", 1)).isEqualTo("1.0.0");
        awaitAllCollected();
    }

    private String ask(ProofVerifier verifier, String kind, int gates) {
        gate.release(gates);
        return ask(verifier, kind);
    }

    @Test
    void no_call_fails_while_a_plugin_is_replaced_again_and_again() throws Exception {
        start(verifier1, Duration.ofSeconds(20));
        gateOpen = true;
        ProofVerifier handle = verifier();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Future<?>> callers = new ArrayList<>();
        // Platform threads, which share the processors fairly: these callers never wait.
        try (ExecutorService busy = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 3; i++) {
                String kind = i % 2 == 0 ? "lazy" : "resource";
                callers.add(busy.submit(() -> {
                    while (!stop.get() && failures.isEmpty()) {
                        try {
                            assertThat(ask(handle, kind)).isIn("1.0.0", "2.0.0");
                            calls.incrementAndGet();
                        } catch (Throwable e) {
                            failures.add(e);
                        }
                    }
                }));
            }
            try {
                replaceRepeatedly();
            } finally {
                stop.set(true);
            }
            for (Future<?> caller : callers) {
                caller.get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(calls.get()).isGreaterThan(100);
        assertThat(host.plugins()).hasSize(1);
        awaitAllCollected();
    }

    private void replaceRepeatedly() {
        for (int i = 0; i < 12; i++) {
            if (i % 5 == 4) {
                assertThatThrownBy(() -> host.replace("verifier", brokenVerifier))
                        .isInstanceOf(OpenClawException.class);
            }
            host.replace("verifier", i % 2 == 0 ? verifier2 : verifier1);
        }
    }

    @Test
    void a_call_that_runs_finishes_in_the_old_generation() throws Exception {
        start(verifier1, Duration.ofSeconds(20));
        ProofVerifier handle = verifier();
        Future<String> running = threads.submit(() -> ask(handle, "lazy"));
        await().until(gate::hasQueuedThreads);
        Future<PluginStatus> replacing = threads.submit(() -> host.replace("verifier", verifier2));
        await().until(() -> ask(handle, "version").equals("2.0.0"));
        assertThat(host.plugins())
                .extracting(PluginStatus::state)
                .containsExactlyInAnyOrder(PluginState.DRAINING, PluginState.ACTIVE);
        assertThat(replacing).isNotDone();
        gate.release();
        // The class this call needs now was never loaded before: the old generation is still whole.
        assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo("1.0.0");
        replacing.get(10, TimeUnit.SECONDS);
        assertThat(host.plugins()).hasSize(1);
    }

    @Test
    void a_call_that_does_not_finish_in_time_is_interrupted() throws Exception {
        start(verifier1, Duration.ofMillis(50));
        ProofVerifier handle = verifier();
        CountDownLatch called = new CountDownLatch(1);
        Future<String> running = threads.submit(() -> {
            called.countDown();
            String answer = ask(handle, "hang");
            return answer + " " + Thread.currentThread().isInterrupted();
        });
        called.await();
        await().until(() -> ((LeasedExtension<?>) handle).running() == 1);
        host.replace("verifier", verifier2);
        assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted false");
        assertThat(ask(handle, "version")).isEqualTo("2.0.0");
    }

    private InferenceStream chat(String behaviour) {
        InferenceProvider provider =
                host.extensions().first(InferenceProvider.class).orElseThrow();
        return provider.chat(new ChatRequest(
                behaviour, List.of(), List.of(), InferenceSettings.defaults(), RequestContext.of("r1")));
    }

    private static String text(InferenceStream stream) {
        return ((InferenceEvent.Text) stream.next()).text();
    }

    @Test
    void a_stream_ends_in_the_generation_it_began_in() throws Exception {
        start(provider1, Duration.ofSeconds(20));
        InferenceStream old = chat("whole");
        assertThat(text(old)).isEqualTo("1.0.0");
        Future<PluginStatus> replacing = threads.submit(() -> host.replace("provider", provider2));
        await().until(() -> {
            try (InferenceStream stream = chat("whole")) {
                return text(stream).equals("2.0.0");
            }
        });
        for (int i = 0; i < 4; i++) {
            assertThat(text(old)).isEqualTo("1.0.0");
        }
        assertThat(replacing).isNotDone();
        assertThat(old.next()).isInstanceOf(InferenceEvent.Finished.class);
        replacing.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(old::next).isInstanceOf(IllegalStateException.class);
        old.close();
        awaitAllCollected();
    }

    @Test
    void a_closed_stream_gives_its_lease_back() throws IOException {
        start(provider1, Duration.ofSeconds(20));
        InferenceStream old = chat("hang");
        assertThat(text(old)).isEqualTo("1.0.0");
        old.close();
        old.close();
        host.replace("provider", provider2);
        assertCode(old, ErrorCode.CANCELED);
    }

    @Test
    void a_failed_stream_gives_its_lease_back() throws IOException {
        start(provider1, Duration.ofSeconds(20));
        InferenceStream old = chat("fail");
        for (int i = 0; i < 5; i++) {
            old.next();
        }
        assertCode(old, ErrorCode.INTERNAL);
        host.replace("provider", provider2);
    }

    @Test
    void closing_a_stream_cancels_a_waiting_reader() throws Exception {
        start(provider1, Duration.ofSeconds(20));
        InferenceStream stream = chat("hang");
        Future<?> reader = threads.submit(() -> {
            while (true) {
                stream.next();
            }
        });
        await().until(() -> reader.state() == Future.State.RUNNING);
        stream.close();
        assertThatThrownBy(() -> reader.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("closed");
        host.replace("provider", provider2);
    }

    @Test
    void streams_that_do_not_end_in_time_fail_with_a_typed_error() throws Exception {
        start(provider1, Duration.ofMillis(50));
        for (String behaviour : List.of("hang", "deaf")) {
            InferenceStream stream = chat(behaviour);
            for (int i = 0; i < 5; i++) {
                stream.next();
            }
            CountDownLatch reading = new CountDownLatch(1);
            Future<?> reader = threads.submit(() -> {
                reading.countDown();
                assertCode(stream, ErrorCode.PLUGIN_UNAVAILABLE);
            });
            reading.await();
            host.replace("provider", provider2);
            reader.get(10, TimeUnit.SECONDS);
        }
        awaitAllCollected();
    }

    private static void assertCode(InferenceStream stream, ErrorCode code) {
        assertThatThrownBy(stream::next)
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void after_the_host_is_closed_nothing_can_be_replaced() throws IOException {
        start(verifier1, Duration.ofSeconds(10));
        host.close();
        host.close();
        assertThatThrownBy(() -> host.replace("verifier", verifier2)).isInstanceOf(OpenClawException.class);
    }
}
