package io.aitbc.openclaw.zk.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void checkpoint_is_a_signed_note_that_another_implementation_of_ed25519_accepts() throws Exception {
        LogKey key = LogKey.random(random);
        Checkpoint checkpoint = Checkpoint.sign(key, 7, new byte[32]);
        String[] lines = checkpoint.note().split("\n", -1);
        assertThat(lines[0]).isEqualTo(key.origin());
        assertThat(lines[1]).isEqualTo("7");
        assertThat(lines[2]).isEqualTo("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThat(lines[3]).isEmpty();
        assertThat(lines[4]).startsWith("\u2014 " + key.origin() + " ");
        byte[] signed = Base64.getDecoder().decode(lines[4].substring(lines[4].lastIndexOf(' ') + 1));
        byte[] spki = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(key.publicKey()));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
        verifier.update((lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n").getBytes("UTF-8"));
        assertThat(verifier.verify(signed, 4, 64)).isTrue();
    }

    @Test
    void checkpoint_holds_for_its_key_and_as_it_is_only() {
        LogKey key = LogKey.random(random);
        String note = Checkpoint.sign(key, 1234, new byte[32]).note();
        assertThat(Checkpoint.verified(note, key.publicKey())).hasValueSatisfying(checkpoint -> {
            assertThat(checkpoint.size()).isEqualTo(1234);
            assertThat(checkpoint.root()).isEqualTo(new byte[32]);
        });
        assertThat(Checkpoint.verified(note, LogKey.random(random).publicKey())).isEmpty();
        assertThat(Checkpoint.verified(note, new byte[32])).isEmpty();
        for (int i = 0; i < note.length(); i++) {
            String changed = note.substring(0, i) + (note.charAt(i) == 'A' ? 'B' : 'A') + note.substring(i + 1);
            assertThat(Checkpoint.verified(changed, key.publicKey()))
                    .as(changed)
                    .isEmpty();
            assertThat(Checkpoint.verified(note.substring(0, i), key.publicKey()))
                    .isEmpty();
        }
        assertThat(Checkpoint.verified(note + "\n", key.publicKey())).isEmpty();
        assertThat(Checkpoint.verified(note + note, key.publicKey())).isEmpty();
        assertThat(Checkpoint.verified("A".repeat(1 << 20) + "\n", key.publicKey()))
                .isEmpty();
    }

    @Test
    void key_is_made_once_and_only_its_owner_reads_it() throws IOException {
        Path file = folder.resolve("key");
        LogKey made = LogKey.in(file, random);
        assertThat(LogKey.in(file, random).keyId()).isEqualTo(made.keyId());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_file_that_is_no_key_is_refused_and_kept() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "abc");
        assertThatThrownBy(() -> LogKey.in(file, random)).hasMessageContaining("64 hexadecimal digits");
        assertThat(file).hasContent("abc");
    }
}
