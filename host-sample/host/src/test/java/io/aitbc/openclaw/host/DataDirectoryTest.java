package io.aitbc.openclaw.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.contract.AskedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void second_host_is_told_who_holds_the_directory_and_gets_it_after_the_first_closed() {
        Path data = folder.resolve("deep").resolve("data");
        try (DataDirectory first = DataDirectory.lock(data)) {
            assertThat(first.folder()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.lock(data))
                    .isInstanceOf(OpenClawException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data");
        }

        DataDirectory.lock(data).close();
    }

    /** Closing a channel to a locked file would give up the lock of the whole process. */
    @Test
    void asking_for_a_directory_again_in_this_process_does_not_let_another_process_in() throws IOException {
        try (AskedProcess other = HoldingProcess.start(folder)) {
            try (DataDirectory _ = DataDirectory.lock(folder)) {
                assertThat(DataDirectory.isHeld(folder)).isTrue();
                assertThat(other.ask())
                        .contains("process " + ProcessHandle.current().pid());
                assertThatThrownBy(() -> DataDirectory.lock(folder)).isInstanceOf(OpenClawException.class);
                assertThat(other.ask()).contains("used by another host");
            }
            assertThat(other.ask()).isEqualTo("got");
        }
        assertThat(DataDirectory.isHeld(folder)).isFalse();
    }

    @Test
    void the_address_of_a_host_that_was_killed_is_not_taken_for_that_of_the_next_one() throws IOException {
        Files.writeString(folder.resolve("host.url"), "http://127.0.0.1:9\n");

        try (DataDirectory starting = DataDirectory.lock(folder)) {
            assertThat(HostAddress.ofRunning(starting.folder())).isEmpty();
        }
    }

    @Test
    void directory_that_is_a_file_is_an_error_that_says_what_to_do() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.lock(file.resolve("data")))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("--data");
    }

    @Test
    void new_directory_is_closed_to_others() throws IOException {
        Path data = folder.resolve("data");

        DataDirectory.lock(data).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void wallet_key_is_made_once_and_only_its_owner_can_read_it() throws IOException {
        Path file = folder.resolve("devnet").resolve("wallet-key");

        WalletKeyFile.ensure(file, new SecureRandom());
        String key = Files.readString(file);
        WalletKeyFile.ensure(file, new SecureRandom());

        assertThat(key).matches("0x[0-9a-f]{64}\n");
        assertThat(Files.readString(file)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
