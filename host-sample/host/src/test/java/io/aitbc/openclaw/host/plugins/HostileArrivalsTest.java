package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.host.plugins.HostileArchivesTest.Case;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All hostile files at once, in the folder of a host that works. */
@Timeout(120)
class HostileArrivalsTest {
    /** These take the trust from all. */
    private static final Set<String> OF_ONE_FOR_ALL = Set.of("key no longer trusted", "broken trust store");

    private record Hostile(Path file, String reason) {}

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private Path plugins;
    private Path trust;

    @BeforeEach
    void installGoodOne() throws Exception {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        trust = folder.resolve("keys.json");
        Path good = HostileFiles.plugin()
                .version("0.9.0")
                .manifest("Plugin-Permissions", "background")
                .jar(plugins.resolve("good.jar"));
        new PluginSigner(Files.createDirectory(folder.resolve("work"))).sign(good, key);
    }

    private PluginHost start() {
        PluginHost host = PluginHost.start(
                PluginHostOptions.of(plugins, folder.resolve("data"))
                        .withFolder(new PluginFolderOptions(
                                SignaturePolicy.REQUIRE, List.of(trust), false, false, Duration.ofMillis(500))),
                List.of());
        host.watch();
        return host;
    }

    /** Under a name of its own, signature first. */
    private Path drop(int number, Path file) throws IOException {
        Path target = plugins.resolve("%02d-%s".formatted(number, file.getFileName()));
        Path signature = PluginSignature.fileOf(file);
        if (Files.exists(signature, LinkOption.NOFOLLOW_LINKS)) {
            Path _ = Files.move(signature, PluginSignature.fileOf(target));
        }
        return Files.move(file, target);
    }

    private List<Hostile> write() throws Exception {
        List<Hostile> files = new ArrayList<>();
        for (Case hostile : HostileArchivesTest.CASES) {
            if (!OF_ONE_FOR_ALL.contains(hostile.name())) {
                Path own = Files.createDirectory(folder.resolve("case-" + files.size()));
                Path file = hostile.writer().write(new HostileFiles(own, trust, key));
                files.add(new Hostile(file, hostile.reason()));
            }
        }
        return files;
    }

    /** What should be said of each, by its name. */
    private Map<String, String> drop(List<Hostile> files) throws IOException {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Hostile hostile : files) {
            Path dropped = drop(reasons.size(), hostile.file());
            String shown = FailureText.oneLine(String.valueOf(dropped.getFileName()));
            reasons.put(shown, hostile.reason().replace("bad.jar.sig", shown + ".sig"));
        }
        return reasons;
    }

    private static String failure(PluginHost host, String file) {
        return host.plugins().stream()
                .filter(status -> status.source().equals(file))
                .flatMap(status -> status.failure().stream())
                .findFirst()
                .orElse("");
    }

    private static void assertGoodOneAnswers(PluginHost host) {
        assertThat(host.plugins())
                .filteredOn(status -> status.state() != PluginState.FAILED)
                .singleElement()
                .satisfies(status -> assertThat(status.generation()).isEqualTo(1));
        ProofVerifier verifier =
                host.extensions().byId(ProofVerifier.class, "test").orElseThrow();
        assertThat(verifier.verify(new Evidence("version", "{}", Set.of())).reason())
                .isEqualTo("0.9.0");
    }

    private List<String> copies() throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("data/generations"))) {
            return found.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(".lock"))
                    .toList();
        }
    }

    @Test
    void are_each_refused_with_their_reasons_while_what_works_goes_on_and_leave_nothing_when_they_go()
            throws Exception {
        List<Hostile> files = write();
        try (PluginHost host = start()) {
            assertGoodOneAnswers(host);
            String good = host.plugins().getFirst().sha256();
            Map<String, String> reasons = drop(files);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(reasons)
                            .allSatisfy((file, reason) ->
                                    assertThat(failure(host, file)).as(file).contains(reason)));
            assertGoodOneAnswers(host);

            deleteAllBut("good.jar");
            await().untilAsserted(() -> {
                assertThat(host.plugins()).extracting(PluginStatus::source).containsExactly("good.jar");
                assertThat(copies()).containsExactly(good);
            });
            assertGoodOneAnswers(host);
        }
    }

    private void deleteAllBut(String kept) throws IOException {
        try (Stream<Path> found = Files.list(plugins)) {
            for (Path file : found.toList()) {
                if (!String.valueOf(file.getFileName()).startsWith(kept)) {
                    Files.delete(file);
                }
            }
        }
    }
}
