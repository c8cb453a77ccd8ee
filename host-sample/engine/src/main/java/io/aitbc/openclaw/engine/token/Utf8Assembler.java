package io.aitbc.openclaw.engine.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns the bytes of tokens into text and holds back a character until all of its bytes are there. */
public final class Utf8Assembler {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] held = new byte[0];

    /** Adds bytes and returns the characters that are whole now. */
    public String add(byte[] bytes) {
        ByteBuffer in = ByteBuffer.allocate(held.length + bytes.length);
        in.put(held).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        held = new byte[in.remaining()];
        in.get(held);
        return out.flip().toString();
    }

    /** Whether bytes of an unfinished character are held back. */
    public boolean pending() {
        return held.length > 0;
    }

    /** What is left at the end: U+FFFD when a character is unfinished. */
    public String end() {
        boolean broken = pending();
        held = new byte[0];
        return broken ? "\ufffd" : "";
    }
}
