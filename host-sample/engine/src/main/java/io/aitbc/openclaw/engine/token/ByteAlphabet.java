package io.aitbc.openclaw.engine.token;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/** GPT-2's spelling of bytes as printable characters, in which vocabularies and merges are written. */
final class ByteAlphabet {
    private static final char[] CHARACTERS = characters();
    private static final Map<Character, Integer> BYTES = bytes();

    private ByteAlphabet() {}

    static char character(int unsignedByte) {
        return CHARACTERS[unsignedByte];
    }

    /** The bytes a token stands for. Characters outside the alphabet stand for their own UTF-8 bytes. */
    static byte[] decode(String token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(token.length());
        token.codePoints().forEach(point -> {
            Integer value = point <= Character.MAX_VALUE ? BYTES.get((char) point) : null;
            if (value != null) {
                bytes.write(value);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    private static char[] characters() {
        char[] characters = new char[256];
        int next = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value >= '!' && value <= '~') || (value >= 0xa1 && value <= 0xac) || value >= 0xae;
            characters[value] = (char) (printable ? value : next++);
        }
        return characters;
    }

    private static Map<Character, Integer> bytes() {
        Map<Character, Integer> bytes = new HashMap<>();
        for (int value = 0; value < 256; value++) {
            bytes.put(CHARACTERS[value], value);
        }
        return Map.copyOf(bytes);
    }
}
