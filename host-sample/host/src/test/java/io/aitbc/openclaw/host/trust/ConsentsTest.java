package io.aitbc.openclaw.host.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentsTest {
    private static final int PLUGINS = 12;

    @TempDir
    private Path folder;

    private Consents consents() {
        return new Consents(folder.resolve("consents.json"));
    }

    @Test
    void what_plugins_may_do_that_are_installed_at_the_same_moment_is_all_written_down() throws Exception {
        List<Callable<Void>> installing = new ArrayList<>();
        for (int i = 0; i < PLUGINS; i++) {
            String id = "p" + i;
            installing.add(() -> {
                consents().installed(id, Permissions.parse("background"), Optional.of("ed25519:" + id));
                return null;
            });
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(PLUGINS)) {
            for (Future<Void> done : executor.invokeAll(installing)) {
                done.get();
            }
        }
        for (int i = 0; i < PLUGINS; i++) {
            assertThat(consents().of("p" + i)).as("p" + i).contains(Permissions.parse("background"));
            assertThat(consents().keys("p" + i)).containsExactly("ed25519:p" + i);
        }
    }

    @Test
    void a_later_version_agrees_to_nothing_by_being_there() throws Exception {
        consents().installed("p", Permissions.parse("network:example.org"), Optional.empty());
        consents().installed("p", Permissions.parse("network:* spend"), Optional.of("ed25519:00"));

        assertThat(consents().of("p")).contains(Permissions.parse("network:example.org"));
        assertThat(consents().agree("p", Permissions.parse("network:example.org spend")))
                .isEqualTo(Permissions.parse("spend"));
        assertThat(consents().of("p")).contains(Permissions.parse("network:example.org spend"));
        assertThat(consents().keys("p")).containsExactly("ed25519:00");
    }
}
