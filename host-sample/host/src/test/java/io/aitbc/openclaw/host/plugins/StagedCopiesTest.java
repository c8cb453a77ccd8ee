package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StagedCopiesTest {
    @TempDir
    Path folder;

    private Path generations() {
        return folder.resolve("data/generations");
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectories(generations().resolve(name));
        Path file = Files.writeString(copy.resolve("plugin.jar"), name);
        assertThat(file.toFile().setReadOnly()).isTrue();
        return copy;
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> copies = Files.list(generations())) {
            return copies.map(copy -> String.valueOf(copy.getFileName()))
                    .filter(name -> !name.startsWith(".lock"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void what_is_not_used_and_what_a_dead_host_left_goes_and_nothing_else() throws IOException {
        String used = "a".repeat(64);
        Path unused = copy("b".repeat(64));
        copy(used);
        copy(".draft-17");
        copy(".old-" + "c".repeat(64));
        copy("notes");
        try (StagedCopies copies = StagedCopies.lock(generations())) {
            List<Path> aside = copies.putAside(Set.of(used));
            assertThat(unused).doesNotExist();
            assertThat(aside).hasSize(3).allMatch(Files::exists);
            StagedCopies.delete(aside);
            StagedCopies.delete(aside);
        }
        assertThat(names()).containsExactly(used, "notes");
    }

    @Test
    void a_host_that_dies_between_the_two_steps_leaves_the_rest_to_the_next() throws IOException {
        copy("b".repeat(64));
        try (StagedCopies dies = StagedCopies.lock(generations())) {
            assertThat(dies.putAside(Set.of())).hasSize(1);
        }
        assertThat(names()).containsExactly(".old-" + "b".repeat(64));
        try (StagedCopies next = StagedCopies.lock(generations())) {
            StagedCopies.delete(next.putAside(Set.of()));
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void a_second_host_of_the_same_data_is_refused_and_may_come_when_the_first_has_gone() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginHostOptions options = PluginHostOptions.of(plugins, folder.resolve("data"));
        try (PluginHost _ = PluginHost.start(options, List.of())) {
            assertThatThrownBy(() -> PluginHost.start(options, List.of()))
                    .isInstanceOf(OpenClawException.class)
                    .hasMessageContaining("is used by another host");
        }
        PluginHost.start(options, List.of()).close();
    }

    @Test
    void only_copies_of_what_runs_are_left_once_old_generations_are_closed() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Path next = TestingPlugin.of("verifier").version("2.0.0").jar(folder.resolve("2.jar"));
        TestingPlugin.of("verifier").jar(plugins.resolve("a.jar"));
        copy("d".repeat(64));
        PluginHostOptions options = PluginHostOptions.of(plugins, folder.resolve("data"));
        try (PluginHost host = PluginHost.start(options, List.of())) {
            String first = host.plugins().getFirst().sha256();
            assertThat(names()).containsExactlyInAnyOrder(first, "d".repeat(64));
            host.work();
            await().untilAsserted(() -> assertThat(names()).containsExactly(first));

            host.replace("verifier", Files.copy(next, plugins.resolve("b.jar")));
            String second = host.plugins().getFirst().sha256();
            assertThat(second).isNotEqualTo(first);
            assertThat(names()).containsExactly(second);
            host.replace("verifier", plugins.resolve("a.jar"));
            assertThat(names()).containsExactly(first);
        }
        try (PluginHost host = PluginHost.start(options, List.of())) {
            assertThat(host.plugins()).isNotEmpty();
        }
    }
}
