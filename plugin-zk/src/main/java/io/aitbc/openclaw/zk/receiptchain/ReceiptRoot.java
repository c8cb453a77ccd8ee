package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.babyjubjub.EdwardsPoint;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.log.Checkpoint;
import io.aitbc.openclaw.zk.log.LogKey;
import io.aitbc.openclaw.zk.log.SignedNote;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A host's signed statement of how many receipts its tree has and what its root is: a note like the checkpoints of its log, with a name of its own and two lines
 * more, so that neither passes for the other.
 *
 * @param size number of receipts
 * @param signed when
 * @param hostReceipts the key that the host signs receipts with itself, 64 hexadecimal digits; what another key signed the host did not
 * @param note the whole text
 */
public record ReceiptRoot(long size, Fr root, Instant signed, String hostReceipts, String note) {
    private static final String NAME = "/receipts";
    private static final String TIME = "time ";
    private static final String KEY = "receipt-key ";
    private static final int LINES = 5;

    /** @param now of which seconds are told */
    public static ReceiptRoot sign(LogKey host, ReceiptTree tree, EdwardsPoint own, Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.SECONDS);
        String hostReceipts = ReceiptClaim.keyId(own);
        SignedNote signed = SignedNote.sign(
                host,
                host.origin() + NAME,
                Integer.toString(tree.size()),
                Base64.getEncoder().encodeToString(tree.root().bytes()),
                TIME + time,
                KEY + hostReceipts);
        return new ReceiptRoot(tree.size(), tree.root(), time, hostReceipts, signed.note());
    }

    /**
     * Reads a statement and checks its signature; empty when it is not exactly one that this host signed.
     *
     * @param hostKey 32 bytes
     */
    public static Optional<ReceiptRoot> verified(String note, byte[] hostKey) {
        return SignedNote.verified(note, hostKey, LINES).flatMap(it -> of(it, hostKey));
    }

    private static Optional<ReceiptRoot> of(SignedNote signed, byte[] hostKey) {
        List<String> lines = signed.lines();
        Optional<Instant> time = time(lines.get(3));
        Optional<Fr> root = SignedNote.base64(lines.get(2), Fr.BYTES)
                .map(bytes -> new BigInteger(1, bytes))
                .filter(number -> number.compareTo(Fr.ORDER) < 0)
                .map(Fr::valueOf);
        if (!lines.get(0).equals(LogKey.origin(hostKey) + NAME)
                || !lines.get(1).matches(Checkpoint.NUMBER)
                || !lines.get(4).matches(KEY + "[0-9a-f]{64}")
                || time.isEmpty()
                || root.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ReceiptRoot(
                Long.parseLong(lines.get(1)),
                root.get(),
                time.get(),
                lines.get(4).substring(KEY.length()),
                signed.note()));
    }

    private static Optional<Instant> time(String line) {
        try {
            return Optional.of(line)
                    .filter(it -> it.startsWith(TIME))
                    .map(it -> Instant.parse(it.substring(TIME.length())))
                    .filter(it -> line.equals(TIME + it));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
