package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The backtrace of an exception refers to classes: whoever keeps what a plugin's call threw must not keep the plugin. */
@Timeout(60)
@Execution(ExecutionMode.SAME_THREAD) // collects garbage, and waits for it to be gone
class KeptExceptionsTest {
    @TempDir
    Path folder;

    private final List<Throwable> kept = new ArrayList<>();
    private Path plugins;

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
    }

    private PluginHost start() {
        return PluginHost.start(PluginHostOptions.of(plugins, folder.resolve("data")), List.of());
    }

    /** On a thread of its own: the JVM remembers the last exception that a thread saw. */
    private void keep(Callable<?> failing) throws InterruptedException {
        FutureTask<?> task = new FutureTask<>(failing);
        Thread.ofPlatform().start(task).join();
        try {
            Object result = task.get();
            throw new AssertionError("It did not fail: " + result);
        } catch (ExecutionException e) {
            kept.add(e.getCause());
        }
    }

    private void assertCollected(PluginHost host, int failures) {
        await().untilAsserted(() -> {
            System.gc();
            assertThat(host.unloadedInMemory()).isZero();
        });
        assertThat(kept).hasSize(failures);
    }

    @Test
    void of_failed_calls() throws Exception {
        TestingPlugin.of("verifier").jar(plugins.resolve("a.jar"));
        Path next = TestingPlugin.of("verifier").version("2.0.0").jar(folder.resolve("2.jar"));
        List<String> kinds = List.of("broken", "typed", "upstream", "stack-overflow", "nothing", "unheard of");
        try (PluginHost host = start()) {
            ProofVerifier verifier =
                    host.extensions().byId(ProofVerifier.class, "test").orElseThrow();
            for (String kind : kinds) {
                keep(() -> verifier.verify(new Evidence(kind, "{}", Set.of())));
            }
            host.replace("verifier", next);
            assertCollected(host, kinds.size());
        }
    }

    @Test
    void of_a_failed_stream() throws Exception {
        TestingPlugin.of("provider").jar(plugins.resolve("a.jar"));
        Path next = TestingPlugin.of("provider").version("2.0.0").jar(folder.resolve("2.jar"));
        try (PluginHost host = start()) {
            InferenceProvider provider =
                    host.extensions().first(InferenceProvider.class).orElseThrow();
            keep(() -> {
                InferenceStream stream = provider.chat(new ChatRequest(
                        "fail", List.of(), List.of(), InferenceSettings.defaults(), RequestContext.of("r1")));
                while (true) {
                    stream.next();
                }
            });
            host.replace("provider", next);
            assertCollected(host, 1);
        }
    }

    @Test
    void of_a_candidate_that_did_not_start() throws Exception {
        TestingPlugin.of("verifier").jar(plugins.resolve("a.jar"));
        Path broken = TestingPlugin.of("verifier")
                .version("3.0.0")
                .replace(
                        "test/verifier/TestVerifierFactory.java",
                        "BackgroundWork.start(context);",
                        "if (context != null) throw new IllegalStateException(\"not today\");")
                .jar(folder.resolve("3.jar"));
        try (PluginHost host = start()) {
            keep(() -> host.replace("verifier", broken));
            assertThat(kept).first().asString().contains("not today");
            assertCollected(host, 1);
        }
    }
}
