package io.aitbc.openclaw.host.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
    /** Above what Linux gives to processes. */
    private static final long NOBODY = 1L << 40;

    @TempDir
    private Path parent;

    private Path left(String name) throws IOException {
        Path folder =
                Files.createDirectories(parent.resolve(name).resolve("lib")).resolveSibling("");
        Files.writeString(folder.resolve("lib/a.jar"), "a");
        return folder;
    }

    private Path create(Duration later) throws IOException {
        return ScratchFolder.create(
                parent, "signing", InstantSource.fixed(Instant.now().plus(later)));
    }

    @Test
    void what_a_process_that_is_gone_left_is_deleted_after_a_while() throws IOException {
        Path dead = left("openclaw-plugin-file-" + NOBODY + "-7");
        Path living = left("openclaw-plugin-file-" + ProcessHandle.current().pid() + "-7");
        Path foreign = left("openclaw-notes");

        Path first = create(Duration.ofMinutes(30));
        assertThat(dead).exists();
        Path second = create(Duration.ofMinutes(90));

        assertThat(dead).doesNotExist();
        assertThat(parent).isDirectoryContaining(living::equals).isDirectoryContaining(foreign::equals);
        ScratchFolder.delete(first);
        ScratchFolder.delete(second);
        assertThat(first).doesNotExist();
    }
}
