package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginRepositoryTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private TestingWebServer server;

    @BeforeEach
    void offerAPlugin() throws Exception {
        Path _ = TestingArchive.of("zk", "1.0.0").in(folder);
        RepositoryIndex _ = RepositoryFolder.index(folder);
        server = new TestingWebServer(folder);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private static void assertUnreachable(ThrowingCallable call, String reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OpenClawException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE))
                .hasMessageContaining(reason);
    }

    @Test
    void a_folder_and_a_web_server_offer_the_same() throws Exception {
        for (String place : new String[] {folder.toString(), server.url(), server.url() + "/index.json"}) {
            try (PluginRepository repository = PluginRepository.at(place, Duration.ofSeconds(20))) {
                Release release = repository.index().of("zk").getFirst();
                Path target = elsewhere.resolve("fetched.jar");
                repository.fetch(release.file(), release.size(), target);

                assertThat(target).as(place).hasSameBinaryContentAs(folder.resolve("zk-1.0.0.jar"));
            }
        }
        assertThat(server.paths()).containsOnly("/stable/index.json", "/stable/zk-1.0.0.jar");
    }

    @Test
    void a_server_that_stalls_redirects_or_never_ends_is_given_up_in_time() {
        try (PluginRepository patient = PluginRepository.at(server.url(), Duration.ofSeconds(30));
                PluginRepository hasty = PluginRepository.at(server.url(), Duration.ofMillis(200))) {
            Path target = elsewhere.resolve("fetched.jar");
            server.mood(TestingWebServer.Mood.STALLING);
            assertUnreachable(hasty::index, "200 ms");
            assertUnreachable(() -> hasty.fetch("zk-1.0.0.jar", 5000, target), "200 ms");

            server.mood(TestingWebServer.Mood.REDIRECTING);
            assertUnreachable(patient::index, "status 302");

            server.mood(TestingWebServer.Mood.ENDLESS);
            assertUnreachable(patient::index, "index.json cannot be read");
            assertUnreachable(() -> patient.fetch("zk-1.0.0.jar", 5000, target), "cannot be read");
            assertThat(target.toFile().length()).isLessThan(1 << 20);

            server.mood(TestingWebServer.Mood.HONEST);
            assertUnreachable(() -> patient.fetch("missing.jar", 5000, target), "status 404");
        }
    }

    @Test
    void links_and_names_that_lead_out_of_a_folder_are_refused() throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("secret.jar"), "secret");
        Files.createSymbolicLink(folder.resolve("link.jar"), secret);
        try (PluginRepository repository = PluginRepository.at(folder.toString(), Duration.ofSeconds(5))) {
            Path target = elsewhere.resolve("fetched.jar");

            assertUnreachable(() -> repository.fetch("link.jar", 5000, target), "is no file in it");
            assertUnreachable(() -> repository.fetch("../secret.jar", 5000, target), "is no file in it");
            assertUnreachable(() -> repository.fetch(secret.toString(), 5000, target), "is no file in it");
            assertUnreachable(() -> repository.fetch("zk-1.0.0.jar", 5, target), "larger than the index says");
            assertThat(Files.deleteIfExists(folder.resolve("index.json"))).isTrue();
            assertUnreachable(repository::index, "is no file in it");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://x/y", "http:///x", "http://user:word@x/", "http://x/?a=b", "http://x/#a", "http://x y/"})
    void places_of_another_kind_are_refused(String place) {
        assertThatThrownBy(
                        () -> PluginRepository.at(place, Duration.ofSeconds(1)).close())
                .hasMessageContaining("neither a folder nor a URL");
    }
}
