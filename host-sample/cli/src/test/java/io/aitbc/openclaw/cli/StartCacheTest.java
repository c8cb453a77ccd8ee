package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {
    @TempDir
    private Path folder;

    @Test
    void a_recorded_start_that_the_jvm_did_not_take_is_deleted_and_one_it_took_is_kept() throws IOException {
        Path file = archive();
        StartCache taken = new StartCache(Optional.of(file), "mixed mode, sharing");
        StartCache stale = new StartCache(Optional.of(file), "mixed mode");

        taken.discardStale();
        assertThat(file).exists();
        assertThat(taken.check().found()).startsWith("prepared, with " + file);
        assertThat(stale.check().found()).startsWith("not prepared: " + file);
        stale.discardStale();
        assertThat(file).doesNotExist();
        stale.discardStale();
    }

    @Test
    void a_damaged_one_is_deleted_though_the_jvm_says_that_it_shares_classes() throws IOException {
        for (byte[] damaged : new byte[][] {{}, {1, 2}, new byte[4096]}) {
            Path file = Files.write(archive(), damaged);
            StartCache cache = new StartCache(Optional.of(file), "mixed mode, sharing");

            assertThat(cache.check().found()).startsWith("not prepared: " + file);
            cache.discardStale();
            assertThat(file).doesNotExist();
        }
    }

    private Path archive() throws IOException {
        byte[] head = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(0xf00baba2)
                .array();
        return Files.write(folder.resolve("start-25.aot"), head);
    }

    @Test
    void without_one_there_is_nothing_to_do() {
        StartCache none = new StartCache(Optional.empty(), "mixed mode, sharing");

        none.discardStale();

        assertThat(none.check().found()).startsWith("not prepared; ");
    }
}
