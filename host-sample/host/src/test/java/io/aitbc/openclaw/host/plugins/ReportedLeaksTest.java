package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What plugins leave behind: the host ends it, or says what it is. */
@Timeout(120)
@Execution(ExecutionMode.SAME_THREAD) // collects garbage, and waits for it to be gone
class ReportedLeaksTest {
    private static final String FACTORY = "test/verifier/TestVerifierFactory.java";
    private static final String CREATION = "BackgroundWork.start(context);";
    private static final String FOREVER =
            "() -> { while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { continue; } } }";

    /** A row of the leak matrix; the text is what holds the plugin, empty where the host sees to it that nothing does. */
    enum Leak {
        THREAD_LOCAL("ThreadLocal<Object> mine = new ThreadLocal<>(); mine.set(new Object() {});", ""),
        VIRTUAL_THREAD_PARKED("context.executor().submit(() -> java.util.concurrent.locks.LockSupport.park());", ""),
        VIRTUAL_THREAD_SLEEPING("context.executor().submit(() -> { Thread.sleep(60_000); return null; });", ""),
        /** As a library of the host does that keeps a thread for later. */
        THREAD_OF_THE_HOST(
                "context.extensions().byId(io.aitbc.openclaw.api.proof.ProofVerifier.class, \"library\").orElseThrow()"
                        + ".verify(new io.aitbc.openclaw.api.proof.Evidence(\"any\", \"{}\", java.util.Set.of()));",
                ""),
        SCHEDULED_TASK(
                "context.scheduler().scheduleAtFixedRate(() -> {}, 1, 1, java.util.concurrent.TimeUnit.MILLISECONDS);",
                ""),
        TASK_THAT_IGNORES_ITS_END("context.executor().submit((Runnable) " + FOREVER + ");", "1 task that does not end"),
        PLATFORM_THREAD(
                "Thread.ofPlatform().daemon().name(\"forgotten\").start(" + FOREVER + ");", "thread 'forgotten'"),
        EXECUTOR(
                "java.util.concurrent.Executors.newFixedThreadPool(1, task -> { Thread thread = new Thread(task, \"pool\");"
                        + " thread.setDaemon(true); return thread; }).submit(() -> {});",
                "thread 'pool'"),
        TIMER(
                "new java.util.Timer(\"ticking\", true).schedule(new java.util.TimerTask() { public void run() {} },"
                        + " 0, 1000);",
                "thread 'ticking'"),
        SYSTEM_PROPERTY(
                "System.getProperties().put(\"left.behind\", new Object() {});", "system property 'left.behind'"),
        /** Not by the context's executor. */
        OWN_VIRTUAL_THREAD(
                "Thread.startVirtualThread(() -> java.util.concurrent.locks.LockSupport.park());", "still in memory"),
        COMMON_POOL("java.util.concurrent.ForkJoinPool.commonPool().submit(() -> new Object() {}).join();", ""),
        LOGGER("System.getLogger(\"test.verifier\").log(System.Logger.Level.DEBUG, () -> \"\" + context);", ""),
        CLEANER("java.lang.ref.Cleaner.create().register(new Object(), () -> System.identityHashCode(context));", ""),
        OWN_MAPPER("Mapping.with(new tools.jackson.databind.json.JsonMapper());", "", "tools.jackson.databind"),
        SHARED_MAPPER("Mapping.with(tools.jackson.databind.json.JsonMapper.shared());", "", "tools.jackson.databind"),
        JDBC_DRIVER("Database.register();", "", "java.sql"),
        HTTP_CLIENT("Fetching.once();", "", "java.net.http"),
        OK_HTTP_CLIENT("Requesting.twice(context.config().text(\"url\", \"\"));", "", "okhttp3"),
        SHUTDOWN_HOOK("Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, \"hook\"));", "still in memory");

        private final String code;
        private final String holder;
        private final String[] modules;

        Leak(String code, String holder, String... modules) {
            this.code = code;
            this.holder = holder;
            this.modules = modules;
        }

        TestingPlugin plugin() {
            TestingPlugin plugin = TestingPlugin.of("verifier").replace(FACTORY, CREATION, code);
            for (String name : List.of("Mapping", "Database", "Fetching", "Requesting")) {
                if (code.startsWith(name + ".")) {
                    plugin.file("test/verifier/" + name + ".java", source(name));
                }
            }
            return modules.length == 0 ? plugin : plugin.requiring(modules);
        }

        private static String source(String name) {
            try {
                return Files.readString(Path.of("src/test/resources/test-leaks", name + ".java"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @TempDir
    Path folder;

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Closeable> sockets = new CopyOnWriteArrayList<>();

    @AfterEach
    void endThreads() throws IOException {
        end.countDown();
        for (Closeable each : sockets) {
            each.close();
        }
    }

    /** Answers what comes on one connection, which it leaves open. */
    private String serve() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(server);
        Thread _ = Thread.startVirtualThread(() -> {
            try (Socket socket = server.accept()) {
                sockets.add(socket);
                byte[] buffer = new byte[4096];
                while (socket.getInputStream().read(buffer) >= 0) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void keepThread() {
        Thread _ = Thread.ofPlatform().daemon().start(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * The JVM keeps the last exception that went through compiled code on each carrier thread until the next one comes: here the
     * interrupt that ended the plugin's task. A host that works has a next one soon.
     */
    private static void interruptCarriers() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(Thread.startVirtualThread(new FutureTask<>(() -> {
                Thread.sleep(Duration.ofMinutes(1));
                return null;
            })));
        }
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    /** No thread of the host outlives a call, but whoever calls may be another. */
    @Test
    void a_thread_local_that_a_call_sets_in_a_thread_of_a_pool_lasts_as_long_as_the_thread() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        TestingPlugin.of("verifier")
                .replace(
                        "test/verifier/TestVerifier.java",
                        "case \"version\" ->",
                        "case \"remember\" -> { new ThreadLocal<Object>().set(new Object() {}); yield verdict(\"done\"); }"
                                + " case \"version\" ->")
                .jar(plugins.resolve("a.jar"));
        Path next = TestingPlugin.of("verifier").version("2.0.0").jar(folder.resolve("next.jar"));
        PluginHostOptions options = PluginHostOptions.of(plugins, folder.resolve("data"))
                .withLimits(Duration.ofSeconds(10), Duration.ofSeconds(1));
        try (PluginHost host = PluginHost.start(options, List.of());
                ExecutorService pool = Executors.newFixedThreadPool(1)) {
            remember(host, pool);
            host.replace("verifier", next);
            System.gc();
            assertThat(host.unloaded().getFirst().holders())
                    .anySatisfy(holder -> assertThat(holder).contains("still in memory"));
            pool.shutdown();
            await().untilAsserted(() -> {
                interruptCarriers();
                System.gc();
                assertThat(host.unloadedInMemory()).isZero();
            });
        }
    }

    private static void remember(PluginHost host, ExecutorService pool) {
        ProofVerifier verifier =
                host.extensions().byId(ProofVerifier.class, "test").orElseThrow();
        Evidence evidence = new Evidence("remember", "{}", Set.of());
        assertThat(CompletableFuture.supplyAsync(() -> verifier.verify(evidence).reason(), pool)
                        .join())
                .isEqualTo("done");
    }

    @ParameterizedTest
    @EnumSource(Leak.class)
    void is_prevented_or_shown(Leak leak) throws IOException {
        String url = leak == Leak.OK_HTTP_CLIENT ? serve() : "";
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        leak.plugin().jar(plugins.resolve("a.jar"));
        Path next = TestingPlugin.of("verifier").version("2.0.0").jar(folder.resolve("next.jar"));
        PluginHostOptions options = PluginHostOptions.of(plugins, folder.resolve("data"))
                .withConfig(Map.of("verifier", Map.of("url", url)))
                .withLimits(Duration.ofSeconds(10), Duration.ofSeconds(1));
        try (PluginHost host = PluginHost.start(options, List.of(new TestingVerifier("library", this::keepThread)))) {
            assertThat(host.plugins()).extracting(PluginStatus::failure).containsOnly(java.util.Optional.empty());
            host.replace("verifier", next);
            if (leak.holder.isEmpty()) {
                await().untilAsserted(() -> {
                    interruptCarriers();
                    System.gc();
                    assertThat(host.unloadedInMemory()).isZero();
                    assertThat(host.unloaded()).extracting(PluginStatus::state).containsExactly(PluginState.COLLECTED);
                });
            } else {
                System.gc();
                assertThat(host.unloadedInMemory()).isEqualTo(1);
                PluginStatus status = host.unloaded().getFirst();
                assertThat(status.state()).isEqualTo(PluginState.CLOSED);
                assertThat(status.holders())
                        .anySatisfy(holder -> assertThat(holder).contains(leak.holder));
            }
        } finally {
            System.getProperties().remove("left.behind");
        }
    }
}
