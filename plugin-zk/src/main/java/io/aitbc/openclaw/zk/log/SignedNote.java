package io.aitbc.openclaw.zk.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A text with one Ed25519 signature, in the form of C2SP signed-note. The first line of the text is the name of the key that signs.
 *
 * @param lines of the text
 * @param note the whole, signature included
 */
public record SignedNote(List<String> lines, String note) {
    private static final int MOST_CHARACTERS = 4096;
    private static final String DASH = "— ";
    private static final String NAME = "[A-Za-z0-9./_-]{1,200}";

    /** What stands before the signature in its Base64. */
    private static final int HASH_BYTES = 4;

    public SignedNote {
        lines = List.copyOf(lines);
    }

    /**
     * @param name of the key
     * @param rest the other lines of the text, none of them empty
     */
    public static SignedNote sign(LogKey key, String name, String... rest) {
        List<String> lines = Stream.concat(Stream.of(name), Stream.of(rest)).toList();
        String text = String.join("\n", lines) + "\n";
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] line = Arrays.copyOf(LogKey.noteHash(name, key.publicKey()), HASH_BYTES + signature.length);
        System.arraycopy(signature, 0, line, HASH_BYTES, signature.length);
        return new SignedNote(
                lines, text + "\n" + DASH + name + " " + Base64.getEncoder().encodeToString(line) + "\n");
    }

    /**
     * Reads a note and checks its signature; empty when it is not exactly one that this key signed.
     *
     * @param count of the text's lines
     */
    public static Optional<SignedNote> verified(String note, byte[] publicKey, int count) {
        if (note.length() > MOST_CHARACTERS || !note.endsWith("\n")) {
            return Optional.empty();
        }
        List<String> all = Arrays.asList(note.split("\n", -1));
        if (all.size() != count + 3
                || all.indexOf("") != count
                || !all.get(count + 1).startsWith(DASH)) {
            return Optional.empty();
        }
        List<String> signature =
                Arrays.asList(all.get(count + 1).substring(DASH.length()).split(" ", -1));
        String name = all.getFirst();
        if (!name.matches(NAME)
                || signature.size() != 2
                || !signature.getFirst().equals(name)) {
            return Optional.empty();
        }
        String text = note.substring(0, note.indexOf("\n\n") + 1);
        return base64(signature.get(1), HASH_BYTES + Ed25519.SIGNATURE_SIZE)
                .filter(bytes -> isSigned(text, name, bytes, publicKey))
                .map(_ -> new SignedNote(all.subList(0, count), note));
    }

    private static boolean isSigned(String text, String name, byte[] signature, byte[] publicKey) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
                && Arrays.equals(signature, 0, HASH_BYTES, LogKey.noteHash(name, publicKey), 0, HASH_BYTES)
                && Ed25519.validatePublicKeyFull(publicKey, 0)
                && Ed25519.verify(signature, HASH_BYTES, publicKey, 0, message, 0, message.length);
    }

    /** One spelling only. */
    public static Optional<byte[]> base64(String text, int size) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Optional.of(bytes)
                    .filter(it -> it.length == size
                            && Base64.getEncoder().encodeToString(it).equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
