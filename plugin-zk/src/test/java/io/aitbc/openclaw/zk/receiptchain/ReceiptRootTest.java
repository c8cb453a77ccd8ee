package io.aitbc.openclaw.zk.receiptchain;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.zk.log.Checkpoint;
import io.aitbc.openclaw.zk.log.LogKey;
import io.aitbc.openclaw.zk.log.SignedNote;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceiptRootTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.123Z");

    private final LogKey host = LogKey.random(new SecureRandom());
    private final TestingReceipts receipts = new TestingReceipts(1);
    private final ReceiptRoot signed = ReceiptRoot.sign(host, tree(), receipts.key.publicKey(), NOW);

    private ReceiptTree tree() {
        receipts.receiptAmongOthers(TestingReceipts.PRICE);
        return receipts.tree;
    }

    private String[] rest() {
        return signed.note().lines().skip(1).limit(4).toArray(String[]::new);
    }

    @Test
    void statement_says_size_root_time_and_the_hosts_key_for_receipts() {
        assertThat(signed.note().lines().limit(6))
                .containsExactly(
                        host.origin() + "/receipts",
                        "19",
                        Base64.getEncoder().encodeToString(receipts.tree.root().bytes()),
                        "time 2026-11-25T10:00:00Z",
                        "receipt-key " + ReceiptClaim.keyId(receipts.key.publicKey()),
                        "");
        assertThat(ReceiptRoot.verified(signed.note(), host.publicKey())).contains(signed);
    }

    @Test
    void statement_holds_for_its_host_and_as_it_is_only() {
        String note = signed.note();
        assertThat(ReceiptRoot.verified(note, LogKey.random(new SecureRandom()).publicKey()))
                .isEmpty();
        for (int i = 0; i < note.length(); i++) {
            String changed = note.substring(0, i) + (note.charAt(i) == '1' ? '2' : '1') + note.substring(i + 1);
            assertThat(ReceiptRoot.verified(changed, host.publicKey()))
                    .as(changed)
                    .isEmpty();
            assertThat(ReceiptRoot.verified(note.substring(0, i), host.publicKey()))
                    .isEmpty();
        }
    }

    @Test
    void what_the_same_key_signs_in_another_form_is_none() {
        List<SignedNote> others = Stream.of(
                        SignedNote.sign(host, host.origin(), rest()),
                        SignedNote.sign(host, host.origin() + "/receipts", replaced(0, "019")),
                        SignedNote.sign(host, host.origin() + "/receipts", replaced(1, "/".repeat(43) + "=")),
                        SignedNote.sign(host, host.origin() + "/receipts", replaced(2, "time 2026-11-25T10:00Z")),
                        SignedNote.sign(host, host.origin() + "/receipts", replaced(2, "at 2026-11-25T10:00:00Z")),
                        SignedNote.sign(host, host.origin() + "/receipts", replaced(3, "receipt-key AB")))
                .toList();
        for (SignedNote other : others) {
            assertThat(SignedNote.verified(other.note(), host.publicKey(), 5)).isPresent();
            assertThat(ReceiptRoot.verified(other.note(), host.publicKey()))
                    .as(other.note())
                    .isEmpty();
        }
    }

    private String[] replaced(int line, String text) {
        String[] rest = rest();
        rest[line] = text;
        return rest;
    }

    @Test
    void statement_passes_for_no_checkpoint_of_the_log() {
        assertThat(Checkpoint.verified(signed.note(), host.publicKey())).isEmpty();
        String[] three = {rest()[0], rest()[1]};
        String checkpoint = SignedNote.sign(host, host.origin(), three).note();
        assertThat(Checkpoint.verified(checkpoint, host.publicKey())).isPresent();
        assertThat(ReceiptRoot.verified(checkpoint, host.publicKey())).isEmpty();
    }
}
