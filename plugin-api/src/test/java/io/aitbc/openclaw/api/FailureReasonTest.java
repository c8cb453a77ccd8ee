package io.aitbc.openclaw.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReasonTest {
    @Test
    void a_failure_without_a_message_is_told_by_its_kind() {
        assertThat(FailureReason.of(new UnsupportedOperationException())).isEqualTo("it is not supported here");
        assertThat(FailureReason.of(new ConnectException())).isEqualTo("it cannot be connected to");
        assertThat(FailureReason.of(new IOException(" "))).isEqualTo("IOException");
        assertThat(FailureReason.of(new UncheckedIOException(new EOFException())))
                .isEqualTo("EOFException");
    }

    @Test
    void a_message_is_told_on_one_line() {
        assertThat(FailureReason.of(new IOException("disk\n\tfull"))).isEqualTo("disk full");
        assertThat(FailureReason.of(new UncheckedIOException("walking", new IOException("disk full"))))
                .isEqualTo("disk full");
    }

    @Test
    void a_file_is_told_with_what_is_wrong_about_it(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing");
        try {
            Files.delete(missing);
        } catch (IOException e) {
            assertThat(FailureReason.of(e)).isEqualTo("no such file: " + missing);
        }
        assertThat(FailureReason.of(new AccessDeniedException("/etc/shadow"))).isEqualTo("access denied: /etc/shadow");
        assertThat(FailureReason.of(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
    }
}
