package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.host.files.ScratchFolder;
import io.aitbc.openclaw.host.trust.Consents;
import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A host that runs takes what is dropped into its folder, or refuses it and goes on. */
@Timeout(60)
@Execution(ExecutionMode.SAME_THREAD) // collects garbage, and waits for it to be gone
class WatchedFolderTest {
    @TempDir
    static Path jars;

    private static Path one;
    private static Path two;
    private static Path broken;

    @TempDir
    Path folder;

    private final CountDownLatch gate = new CountDownLatch(1);
    private PluginFolderOptions how = PluginFolderOptions.unsigned();
    private Path plugins;
    private Optional<PluginHost> host = Optional.empty();

    @BeforeAll
    static void compile() throws IOException {
        one = TestingPlugin.of("verifier").jar(jars.resolve("1.jar"));
        two = TestingPlugin.of("verifier").version("2.0.0").jar(jars.resolve("2.jar"));
        broken = TestingPlugin.of("verifier")
                .version("3.0.0")
                .replace(
                        "test/verifier/TestVerifierFactory.java",
                        "BackgroundWork.start(context);",
                        "if (context != null) throw new IllegalStateException(\"not today\");")
                .jar(jars.resolve("3.jar"));
    }

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
    }

    @AfterEach
    void stop() {
        gate.countDown();
        host.ifPresent(PluginHost::close);
        host = Optional.empty();
    }

    private PluginHost start() {
        PluginHost started = PluginHost.start(
                PluginHostOptions.of(plugins, folder.resolve("data"))
                        .withLimits(Duration.ofSeconds(10), Duration.ofMillis(500))
                        .withFolder(how),
                List.of(new TestingVerifier("gate", this::passGate)));
        host = Optional.of(started);
        return started;
    }

    private PluginHost watching() {
        PluginHost started = start();
        started.watch();
        return started;
    }

    private void passGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drop(Path jar, String name) throws IOException {
        Path draft = Files.copy(jar, plugins.resolve("." + name), StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, plugins.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String ask(PluginHost host, String kind) {
        return host.extensions()
                .byId(ProofVerifier.class, "test")
                .map(verifier ->
                        verifier.verify(new Evidence(kind, "{}", Set.of())).reason())
                .orElse("none");
    }

    private static void awaitVersion(PluginHost host, String version) {
        await().ignoreExceptionsMatching(WatchedFolderTest::isGone)
                .until(() -> ask(host, "version").equals(version));
    }

    /** It was there when it was looked up, and unloaded before it was called. */
    private static boolean isGone(Throwable failure) {
        return failure instanceof OpenClawException known && known.code() == ErrorCode.PLUGIN_UNAVAILABLE;
    }

    private static String failure(PluginHost host, String file) {
        return host.plugins().stream()
                .filter(status -> status.source().equals(file) && status.state() == PluginState.FAILED)
                .flatMap(status -> status.failure().stream())
                .findFirst()
                .orElse("");
    }

    private static void awaitFailure(PluginHost host, String file, String cause) {
        await().untilAsserted(() -> assertThat(failure(host, file)).contains(cause));
    }

    @Test
    void a_new_plugin_is_added_replaced_and_unloaded_as_its_file_comes_changes_and_goes() throws IOException {
        PluginHost running = watching();
        drop(one, "a.jar");
        awaitVersion(running, "1.0.0");
        drop(two, "a.jar");
        awaitVersion(running, "2.0.0");
        Files.delete(plugins.resolve("a.jar"));
        awaitVersion(running, "none");
        await().untilAsserted(() -> {
            System.gc();
            assertThat(running.unloadedInMemory()).isZero();
            assertThat(running.unloaded())
                    .extracting(PluginStatus::version)
                    .containsExactlyInAnyOrder("1.0.0", "2.0.0");
            assertThat(running.unloaded())
                    .allSatisfy(status -> assertThat(status.transitions())
                            .extracting(PluginTransition::state)
                            .endsWith(
                                    PluginState.ACTIVE,
                                    PluginState.DRAINING,
                                    PluginState.CLOSED,
                                    PluginState.COLLECTED));
        });
        assertThat(running.plugins()).isEmpty();
    }

    @Test
    void a_plugin_that_could_not_be_copied_is_tried_again_once_there_is_room() throws IOException {
        how = new PluginFolderOptions(
                how.signatures(), how.trustStores(), how.downgrades(), how.keepDeleted(), Duration.ofMillis(100));
        PluginHost running = watching();
        Path copies = folder.resolve("data/generations");
        ScratchFolder.delete(copies);
        Files.writeString(copies, "in the way");
        drop(one, "a.jar");
        awaitFailure(running, "a.jar", "cannot be copied to");

        Files.delete(copies);

        awaitVersion(running, "1.0.0");
        assertThat(failure(running, "a.jar")).isEmpty();
    }

    @Test
    void the_same_bytes_that_fail_are_not_tried_as_what_worked_last() throws IOException {
        drop(one, "a.jar");
        start().close();
        how = new PluginFolderOptions(
                SignaturePolicy.REQUIRE, how.trustStores(), how.downgrades(), how.keepDeleted(), how.rescan());
        assertThat(start().plugins()).extracting(PluginStatus::state).containsExactly(PluginState.FAILED);
    }

    @Test
    void what_is_said_of_a_version_in_place_of_a_file_ends_when_the_file_is_that_version() throws IOException {
        drop(one, "a.jar");
        start().close();
        drop(broken, "a.jar");
        PluginHost running = watching();
        assertThat(warnings(running)).singleElement(as(STRING)).contains("the version that worked last is used: 1.0.0");

        drop(one, "a.jar");

        await().untilAsserted(() -> assertThat(warnings(running)).isEmpty());
        assertThat(failure(running, "a.jar")).isEmpty();
        assertThat(ask(running, "version")).isEqualTo("1.0.0");
    }

    @Test
    void a_plugin_is_unloaded_when_it_is_disabled_and_comes_back_when_it_is_not() throws IOException {
        PluginHost running = watching();
        drop(one, "a.jar");
        awaitVersion(running, "1.0.0");

        Files.writeString(plugins.resolve("disabled.txt"), "# not now\nverifier\n");
        awaitVersion(running, "none");
        drop(two, "a.jar");
        await().untilAsserted(() -> assertThat(running.plugins())
                .extracting(PluginStatus::version, PluginStatus::state)
                .containsExactly(tuple("2.0.0", PluginState.DISABLED)));
        assertThat(ask(running, "version")).isEqualTo("none");

        Files.delete(plugins.resolve("disabled.txt"));
        awaitVersion(running, "2.0.0");
        Files.writeString(plugins.resolve("enabled.txt"), "another\n");
        awaitVersion(running, "none");
    }

    private static List<String> warnings(PluginHost host) {
        return host.plugins().stream()
                .flatMap(status -> status.warnings().stream())
                .filter(warning -> warning.contains("worked last"))
                .toList();
    }

    @Test
    void a_reload_takes_what_the_file_is_now_and_nothing_else() throws IOException {
        drop(one, "a.jar");
        PluginHost running = start();
        assertThat(running.reload("verifier", false).generation()).isEqualTo(1);
        drop(two, "a.jar");
        PluginStatus now = running.reload("verifier", false);
        assertThat(now.generation()).isEqualTo(2);
        assertThat(ask(running, "version")).isEqualTo("2.0.0");
        drop(one, "a.jar");
        assertThatThrownBy(() -> running.reload("verifier", false))
                .hasMessageContaining("would be a downgrade from 2.0.0 to 1.0.0");
        assertThat(ask(running, "version")).isEqualTo("2.0.0");
        assertThat(running.reload("verifier", true).version()).isEqualTo("1.0.0");
        assertThatThrownBy(() -> running.reload("other", false)).hasMessageContaining("'other' was not reloaded");
    }

    @Test
    void a_file_that_is_copied_slowly_is_not_tried_before_it_is_whole() throws IOException {
        PluginHost running = watching();
        Path target = plugins.resolve("a.jar");
        try (OutputStream slow = Files.newOutputStream(target)) {
            drop(Files.writeString(jars.resolve("rubbish.jar"), "rubbish"), "z.jar");
            // Grows until the one that was there after it has been looked at twice.
            do {
                slow.write(0);
            } while (failure(running, "z.jar").isEmpty());
        }
        assertThat(failure(running, "a.jar")).isEmpty();
        Files.write(target, Files.readAllBytes(one));
        awaitVersion(running, "1.0.0");
    }

    @Test
    void a_candidate_that_fails_leaves_the_old_generation_and_its_cause_is_visible_until_the_file_is_good()
            throws IOException {
        drop(one, "a.jar");
        PluginHost running = watching();
        drop(broken, "a.jar");
        awaitFailure(running, "a.jar", "not today");
        assertThat(ask(running, "version")).isEqualTo("1.0.0");
        Files.writeString(plugins.resolve("a.jar"), "rubbish");
        awaitFailure(running, "a.jar", "is not a readable jar");
        assertThat(ask(running, "version")).isEqualTo("1.0.0");
        drop(two, "a.jar");
        awaitVersion(running, "2.0.0");
        await().untilAsserted(() ->
                assertThat(running.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.ACTIVE));
    }

    @Test
    void a_higher_version_under_another_name_takes_over_and_a_lower_one_that_may_comes_back_when_it_goes()
            throws IOException {
        how = new PluginFolderOptions(SignaturePolicy.OFF, List.of(), true, false, Duration.ofHours(1));
        drop(one, "a-1.jar");
        PluginHost running = watching();
        drop(two, "a-2.jar");
        awaitVersion(running, "2.0.0");
        Files.delete(plugins.resolve("a-2.jar"));
        awaitVersion(running, "1.0.0");
    }

    @Test
    void a_lower_version_and_a_second_file_of_the_same_version_are_refused() throws IOException {
        drop(two, "a.jar");
        PluginHost running = watching();
        drop(one, "b.jar");
        awaitFailure(running, "b.jar", "would be a downgrade from 2.0.0 to 1.0.0");
        Path same = TestingPlugin.of("verifier")
                .version("2.0.0")
                .manifest("Plugin-Description", "another")
                .jar(jars.resolve("same.jar"));
        drop(same, "c.jar");
        awaitFailure(running, "c.jar", "Plugin-Id 'verifier' is taken by a.jar");
        drop(one, "a.jar");
        awaitFailure(running, "a.jar", "would be a downgrade");
        assertThat(ask(running, "version")).isEqualTo("2.0.0");
    }

    @Test
    void a_lower_version_is_refused_after_the_higher_one_is_gone_too_also_by_the_next_host() throws IOException {
        drop(two, "a.jar");
        PluginHost running = watching();
        Files.delete(plugins.resolve("a.jar"));
        awaitVersion(running, "none");
        drop(one, "b.jar");
        awaitFailure(running, "b.jar", "would be a downgrade from 2.0.0 to 1.0.0");
        stop();
        running = watching();
        assertThat(failure(running, "b.jar")).contains("would be a downgrade from 2.0.0 to 1.0.0");
        drop(two, "b.jar");
        awaitVersion(running, "2.0.0");
        Files.delete(plugins.resolve("b.jar"));
        awaitVersion(running, "none");
        stop();
        PluginHost.forgetLastGood(folder.resolve("data"), "verifier");
        drop(one, "a.jar");
        assertThat(ask(start(), "version")).isEqualTo("1.0.0");
    }

    @Test
    void a_downgrade_is_taken_when_it_is_allowed() throws IOException {
        how = new PluginFolderOptions(SignaturePolicy.OFF, List.of(), true, false, Duration.ofHours(1));
        drop(two, "a.jar");
        PluginHost running = watching();
        drop(one, "a.jar");
        awaitVersion(running, "1.0.0");
    }

    @Test
    void a_deleted_file_is_kept_by_setting() throws IOException {
        how = new PluginFolderOptions(SignaturePolicy.OFF, List.of(), false, true, Duration.ofHours(1));
        drop(one, "a.jar");
        PluginHost running = watching();
        Files.delete(plugins.resolve("a.jar"));
        Files.writeString(plugins.resolve("b.jar"), "rubbish");
        awaitFailure(running, "b.jar", "is not a readable jar");
        assertThat(ask(running, "version")).isEqualTo("1.0.0");
    }

    @Test
    void a_renamed_file_goes_on_without_a_new_generation() throws IOException {
        drop(one, "a.jar");
        PluginHost running = watching();
        Files.move(plugins.resolve("a.jar"), plugins.resolve("b.jar"));
        await().untilAsserted(() -> assertThat(running.plugins())
                .extracting(PluginStatus::source, PluginStatus::generation)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("b.jar", 1)));
        assertThat(ask(running, "version")).isEqualTo("1.0.0");
    }

    @Test
    void a_call_past_the_drain_limit_is_canceled() throws IOException {
        drop(one, "a.jar");
        PluginHost running = watching();
        CompletableFuture<String> call = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return ask(running, "hang");
                    } catch (RuntimeException e) {
                        return String.valueOf(e.getMessage());
                    }
                },
                Thread::startVirtualThread);
        drop(two, "a.jar");
        awaitVersion(running, "2.0.0");
        assertThat(call.join()).isEqualTo("interrupted");
    }

    @Test
    void a_restart_uses_what_worked_last_in_place_of_a_bad_file() throws IOException {
        drop(one, "a.jar");
        start();
        stop();
        for (Path bad : List.of(broken, Files.writeString(jars.resolve("rubbish.jar"), "rubbish"))) {
            drop(bad, "a.jar");
            PluginHost running = start();
            assertThat(ask(running, "version")).isEqualTo("1.0.0");
            assertThat(failure(running, "a.jar")).isNotBlank();
            assertThat(running.plugins())
                    .filteredOn(status -> status.state() == PluginState.ACTIVE)
                    .singleElement()
                    .satisfies(status -> assertThat(status.warnings())
                            .singleElement()
                            .asString()
                            .contains("worked last"));
            stop();
        }
        Files.delete(plugins.resolve("a.jar"));
        assertThat(ask(start(), "version")).isEqualTo("none");
    }

    @Test
    void a_new_permission_waits_for_consent_and_a_signature_may_come_later() throws Exception {
        SigningKey key = SigningKey.generate(new SecureRandom());
        Path trust = TrustStore.fileIn(folder.resolve("data"));
        how = new PluginFolderOptions(SignaturePolicy.REQUIRE, List.of(trust), false, false, Duration.ofHours(1));
        PluginHost running = watching();
        drop(one, "a.jar");
        awaitFailure(running, "a.jar", "has no signature");
        PluginSigner signer = new PluginSigner(Files.createDirectory(folder.resolve("work")));
        signer.sign(plugins.resolve("a.jar"), key);
        awaitFailure(running, "a.jar", "which is not trusted");
        TrustStore.trust(trust, "test", key.publicKey());
        awaitVersion(running, "1.0.0");

        Path greedy = TestingPlugin.of("verifier")
                .version("2.0.0")
                .manifest("Plugin-Permissions", "spend network:example.org")
                .jar(jars.resolve("greedy.jar"));
        drop(greedy, "a.jar");
        signer.sign(plugins.resolve("a.jar"), key);
        awaitFailure(running, "a.jar", "waits for consent to 'network:example.org spend'");
        assertThat(ask(running, "version")).isEqualTo("1.0.0");
        new Consents(Consents.fileIn(folder.resolve("data")))
                .agree("verifier", Permissions.parse("spend network:example.org"));
        awaitVersion(running, "2.0.0");
        TrustStore.distrust(trust, key.publicKey().id());
        stop();
        assertThat(ask(start(), "version")).isEqualTo("none");
    }
}
