package io.aitbc.openclaw.zk.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.contract.AskedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLockTest {
    @TempDir
    private Path folder;

    /** Closing a channel to a locked file would give up the lock of the whole process. */
    @Test
    void a_second_opening_in_this_process_does_not_let_another_process_in() throws Exception {
        LogKey key = LogKey.in(folder.resolve("key"), new SecureRandom());
        try (AskedProcess other = OpeningProcess.start(folder)) {
            try (DurableLog _ = DurableLog.open(folder, key, Duration.ZERO)) {
                assertThat(other.ask()).contains("in use");
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(() -> DurableLog.open(folder, key, Duration.ZERO))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("in use");
                    assertThat(other.ask()).contains("in use");
                }
            }
            assertThat(other.ask()).isEqualTo("opened");
        }
        DurableLog.open(folder, key, Duration.ZERO).close();
    }

    /** Java keeps a lock in mind no longer than somebody keeps the object. */
    @Test
    void a_lock_is_not_forgotten_when_memory_is_cleaned_up() throws IOException {
        LogLock lock = LogLock.of(folder.resolve("log"), Duration.ZERO);
        System.gc();
        assertThatThrownBy(() -> LogLock.of(folder.resolve("log"), Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
        lock.close();
    }
}
