package io.aitbc.openclaw.zk.log;

import java.util.Base64;
import java.util.Optional;

/**
 * A signed statement of how large a log is and what its root is, in the form of C2SP tlog-checkpoint: a signed note with three lines
 * and one signature.
 *
 * @param origin name of the log, and of the key that signs
 * @param size number of leaves
 * @param root 32 bytes
 * @param note the whole text
 */
public record Checkpoint(String origin, long size, byte[] root, String note) {
    /** How sizes are written. */
    public static final String NUMBER = "0|[1-9][0-9]{0,17}";

    private static final int LINES = 3;

    static Checkpoint sign(LogKey key, long size, byte[] root) {
        SignedNote signed = SignedNote.sign(
                key, key.origin(), Long.toString(size), Base64.getEncoder().encodeToString(root));
        return new Checkpoint(key.origin(), size, root, signed.note());
    }

    /** Reads a checkpoint and checks its signature; empty when it is not exactly one that this key signed. */
    public static Optional<Checkpoint> verified(String note, byte[] publicKey) {
        return SignedNote.verified(note, publicKey, LINES)
                .filter(it -> it.lines().get(1).matches(NUMBER))
                .flatMap(it -> SignedNote.base64(it.lines().get(2), LogHash.BYTES)
                        .map(root -> new Checkpoint(
                                it.lines().getFirst(), Long.parseLong(it.lines().get(1)), root, note)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint checkpoint && checkpoint.note.equals(note);
    }

    @Override
    public int hashCode() {
        return note.hashCode();
    }

    @Override
    public String toString() {
        return "Checkpoint[%s, %d leaves]".formatted(origin, size);
    }
}
