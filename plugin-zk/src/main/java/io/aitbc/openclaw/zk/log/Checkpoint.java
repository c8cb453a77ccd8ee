package io.aitbc.openclaw.zk.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

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
    private static final int MOST_CHARACTERS = 4096;
    private static final String DASH = "— ";
    private static final String NAME = "[A-Za-z0-9./_-]{1,200}";
    private static final String NUMBER = "0|[1-9][0-9]{0,17}";

    static Checkpoint sign(LogKey key, long size, byte[] root) {
        String text = key.origin() + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] line = Arrays.copyOf(LogKey.noteHash(key.origin(), key.publicKey()), 4 + signature.length);
        System.arraycopy(signature, 0, line, 4, signature.length);
        String note =
                text + "\n" + DASH + key.origin() + " " + Base64.getEncoder().encodeToString(line) + "\n";
        return new Checkpoint(key.origin(), size, root, note);
    }

    /** Reads a checkpoint and checks its signature; empty when it is not exactly one that this key signed. */
    public static Optional<Checkpoint> verified(String note, byte[] publicKey) {
        if (note.length() > MOST_CHARACTERS || !note.endsWith("\n")) {
            return Optional.empty();
        }
        List<String> lines = Arrays.asList(note.split("\n", -1));
        if (lines.size() != 6 || !lines.get(3).isEmpty() || !lines.get(4).startsWith(DASH)) {
            return Optional.empty();
        }
        String origin = lines.get(0);
        List<String> signature =
                Arrays.asList(lines.get(4).substring(DASH.length()).split(" ", -1));
        Optional<byte[]> root = base64(lines.get(2), LogHash.BYTES);
        if (!origin.matches(NAME)
                || !lines.get(1).matches(NUMBER)
                || root.isEmpty()
                || signature.size() != 2
                || !signature.getFirst().equals(origin)) {
            return Optional.empty();
        }
        String text = note.substring(0, note.indexOf("\n\n") + 1);
        return base64(signature.get(1), 4 + Ed25519.SIGNATURE_SIZE)
                .filter(bytes -> isSigned(text, origin, bytes, publicKey))
                .map(bytes -> new Checkpoint(origin, Long.parseLong(lines.get(1)), root.get(), note));
    }

    private static boolean isSigned(String text, String origin, byte[] signature, byte[] publicKey) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
                && Arrays.equals(signature, 0, 4, LogKey.noteHash(origin, publicKey), 0, 4)
                && Ed25519.validatePublicKeyFull(publicKey, 0)
                && Ed25519.verify(signature, 4, publicKey, 0, message, 0, message.length);
    }

    /** One spelling only. */
    private static Optional<byte[]> base64(String text, int size) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Optional.of(bytes)
                    .filter(it -> it.length == size
                            && Base64.getEncoder().encodeToString(it).equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
