package io.aitbc.openclaw.zk.json;

import java.util.Arrays;
import java.util.Set;

/**
 * The bytes AITBC signs: Python's {@code json.dumps(x, separators=(",", ":"), sort_keys=True)} after dropping nulls from
 * objects and arrays. This is not RFC 8785: numbers, escapes and the order of names differ.
 */
public final class CanonicalJson {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[2048];
    private int length;

    private CanonicalJson() {}

    public static byte[] of(Json value) {
        CanonicalJson writer = new CanonicalJson();
        writer.write(value);
        return Arrays.copyOf(writer.bytes, writer.length);
    }

    /** The document without some of its members. */
    public static byte[] without(Json.Members document, Set<String> left) {
        CanonicalJson writer = new CanonicalJson();
        writer.members(document, left);
        return Arrays.copyOf(writer.bytes, writer.length);
    }

    private void write(Json value) {
        switch (value) {
            case Json.Members members -> members(members, Set.of());
            case Json.Items items -> items(items);
            case Json.Text text -> quoted(text.value());
            case Json.Whole whole -> ascii(whole.digits());
            case Json.Real real -> ascii(PythonFloats.repr(real.value()));
            case Json.Flag flag -> ascii(flag.value() ? "true" : "false");
            case Json.Null ignored -> ascii("null");
        }
    }

    private void members(Json.Members members, Set<String> left) {
        put('{');
        boolean first = true;
        for (Json.Member member : members.list()) {
            if (member.value() instanceof Json.Null || left.contains(member.name())) {
                continue;
            }
            if (!first) {
                put(',');
            }
            first = false;
            quoted(member.name());
            put(':');
            write(member.value());
        }
        put('}');
    }

    private void items(Json.Items items) {
        put('[');
        boolean first = true;
        for (Json item : items.list()) {
            if (item instanceof Json.Null) {
                continue;
            }
            if (!first) {
                put(',');
            }
            first = false;
            write(item);
        }
        put(']');
    }

    private void quoted(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x20 && unit < 0x7f && unit != '"' && unit != '\\') {
                put(unit);
            } else {
                escaped(unit);
            }
        }
        put('"');
    }

    private void escaped(char unit) {
        put('\\');
        switch (unit) {
            case '"', '\\' -> put(unit);
            case '\b' -> put('b');
            case '\f' -> put('f');
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\t' -> put('t');
            default -> {
                put('u');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    put((char) HEX[unit >> shift & 15]);
                }
            }
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(char ascii) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) ascii;
    }
}
