package io.aitbc.openclaw.zk.snarkjs;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An object in the JSON that snarkjs writes. Numbers are texts of decimal digits and have one spelling each: a point or a signal that
 * could be written in two ways could pass for two different ones.
 */
public record SnarkjsObject(Json.Members members) {
    private static final int MAX_DIGITS = 77;

    public static SnarkjsObject of(String what, Json value) throws MalformedDocumentException {
        if (!(value instanceof Json.Members members)) {
            throw new MalformedDocumentException("%s is not a JSON object".formatted(what));
        }
        return new SnarkjsObject(members);
    }

    /** The object holds these members and no others: what else stands there, nobody has checked. */
    public SnarkjsObject only(Set<String> names) throws MalformedDocumentException {
        for (Json.Member member : members.list()) {
            if (!names.contains(member.name())) {
                throw new MalformedDocumentException(
                        "the member '%s' does not belong there".formatted(shortened(member.name())));
            }
        }
        return this;
    }

    /** The member is exactly this text. */
    public SnarkjsObject literal(String name, String expected) throws MalformedDocumentException {
        String actual = text(name);
        if (!actual.equals(expected)) {
            throw new MalformedDocumentException(
                    "its %s is '%s', not '%s'".formatted(name, shortened(actual), expected));
        }
        return this;
    }

    public String text(String name) throws MalformedDocumentException {
        return members.text(name).orElseThrow(() -> new MalformedDocumentException("it has no text " + name));
    }

    public Json value(String name) throws MalformedDocumentException {
        return members.get(name).orElseThrow(() -> new MalformedDocumentException("it has no " + name));
    }

    /** A whole JSON number from 0 to a limit. */
    public int count(String name, int limit) throws MalformedDocumentException {
        if (!(value(name) instanceof Json.Whole whole)
                || whole.digits().length() > 9
                || whole.digits().startsWith("-")
                || Integer.parseInt(whole.digits()) > limit) {
            throw new MalformedDocumentException("its %s is not a whole number from 0 to %d".formatted(name, limit));
        }
        return Integer.parseInt(whole.digits());
    }

    Fr scalar(String name) throws MalformedDocumentException {
        return scalar(name, value(name));
    }

    static Fr scalar(String name, Json value) throws MalformedDocumentException {
        return Fr.valueOf(number(name, value, Fr.ORDER));
    }

    /** A list of scalars. */
    public static List<Fr> scalars(String name, Json value, int limit) throws MalformedDocumentException {
        List<Fr> scalars = new ArrayList<>();
        for (Json item : items(name, value, limit)) {
            scalars.add(scalar("%s[%d]".formatted(name, scalars.size()), item));
        }
        return scalars;
    }

    Point<Fp> g1(String name) throws MalformedDocumentException {
        return g1(name, value(name));
    }

    /** {@code [x, y, "1"]}, or {@code ["0", "1", "0"]} for infinity. */
    static Point<Fp> g1(String name, Json value) throws MalformedDocumentException {
        List<Json> parts = items(name, value, 3, 3);
        Fp x = coordinate(name, parts.get(0));
        Fp y = coordinate(name, parts.get(1));
        Fp z = coordinate(name, parts.get(2));
        if (z.isZero() && x.isZero() && y.equals(Fp.ONE)) {
            return Point.infinity(Fp.ZERO);
        }
        requireAffine(name, z.equals(Fp.ONE));
        return Point.of(x, y);
    }

    /** Pairs of real and imaginary part, otherwise as in G1. */
    Point<Fp2> g2(String name) throws MalformedDocumentException {
        List<Json> parts = items(name, value(name), 3, 3);
        Fp2 x = pair(name, parts.get(0));
        Fp2 y = pair(name, parts.get(1));
        Fp2 z = pair(name, parts.get(2));
        if (z.isZero() && x.isZero() && y.equals(Fp2.ONE)) {
            return Point.infinity(Fp2.ZERO);
        }
        requireAffine(name, z.equals(Fp2.ONE));
        return Point.of(x, y);
    }

    private static void requireAffine(String name, boolean affine) throws MalformedDocumentException {
        if (!affine) {
            throw new MalformedDocumentException("the third coordinate of %s is not 1".formatted(name));
        }
    }

    private static Fp2 pair(String name, Json value) throws MalformedDocumentException {
        List<Json> parts = items(name, value, 2, 2);
        return new Fp2(coordinate(name, parts.get(0)), coordinate(name, parts.get(1)));
    }

    private static Fp coordinate(String name, Json value) throws MalformedDocumentException {
        return Fp.valueOf(number(name, value, Fp.PRIME));
    }

    private static BigInteger number(String name, Json value, BigInteger limit) throws MalformedDocumentException {
        if (!(value instanceof Json.Text text) || !isDecimal(text.value())) {
            throw new MalformedDocumentException(
                    "%s is not a text of decimal digits without sign or leading zero".formatted(name));
        }
        BigInteger number = new BigInteger(text.value());
        if (number.compareTo(limit) >= 0) {
            throw new MalformedDocumentException("%s is not below the prime of its field".formatted(name));
        }
        return number;
    }

    private static boolean isDecimal(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && (text.charAt(0) != '0' || text.length() == 1)
                && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    public static List<Json> items(String name, Json value, int limit) throws MalformedDocumentException {
        return items(name, value, 0, limit);
    }

    private static List<Json> items(String name, Json value, int least, int most) throws MalformedDocumentException {
        if (!(value instanceof Json.Items items)
                || items.list().size() < least
                || items.list().size() > most) {
            throw new MalformedDocumentException(
                    least == most
                            ? "%s is not a list of %d".formatted(name, most)
                            : "%s is not a list of at most %d".formatted(name, most));
        }
        return items.list();
    }

    private static String shortened(String text) {
        String visible = text.replaceAll("[\\p{gc=Cc}\\p{gc=Cf}]", "?");
        return visible.length() <= 40 ? visible : visible.substring(0, 40) + "...";
    }
}
