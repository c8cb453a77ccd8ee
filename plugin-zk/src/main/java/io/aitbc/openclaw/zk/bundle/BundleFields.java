package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * An object in a bundle, whose members have one spelling each.
 *
 * @param what it is, for error texts
 */
public record BundleFields(String what, Json.Members members) {
    private static final int MOST_STEPS = 64;

    public static BundleFields of(String what, Json value) throws MalformedDocumentException {
        if (value instanceof Json.Members members) {
            return new BundleFields(what, members);
        }
        throw new MalformedDocumentException(what + " is not a JSON object");
    }

    /** The object has no other members than these. */
    public BundleFields only(Set<String> known) throws MalformedDocumentException {
        for (Json.Member member : members.list()) {
            if (!known.contains(member.name())) {
                throw new MalformedDocumentException(what + " has an unknown member");
            }
        }
        return this;
    }

    boolean has(String name) {
        return members.get(name).isPresent();
    }

    public Json value(String name) throws MalformedDocumentException {
        return members.get(name)
                .orElseThrow(() -> new MalformedDocumentException("%s has no %s".formatted(what, name)));
    }

    public BundleFields object(String name) throws MalformedDocumentException {
        return of(name, value(name));
    }

    public String text(String name) throws MalformedDocumentException {
        if (value(name) instanceof Json.Text text) {
            return text.value();
        }
        throw new MalformedDocumentException(name + " is not a text");
    }

    long whole(String name) throws MalformedDocumentException {
        if (value(name) instanceof Json.Whole whole && whole.digits().matches("0|[1-9][0-9]{0,17}")) {
            return Long.parseLong(whole.digits());
        }
        throw new MalformedDocumentException("%s of %s is not a whole number".formatted(name, what));
    }

    public List<String> lines(String name) throws MalformedDocumentException {
        if (!(value(name) instanceof Json.Items items)) {
            throw new MalformedDocumentException(name + " is not a list");
        }
        List<String> lines = new ArrayList<>();
        for (Json item : items.list()) {
            if (!(item instanceof Json.Text text)) {
                throw new MalformedDocumentException(name + " has something else than texts");
            }
            lines.add(text.value());
        }
        return List.copyOf(lines);
    }

    /** Hashes that lead to a root. */
    List<byte[]> path() throws MalformedDocumentException {
        return path(what, lines("path"));
    }

    static List<byte[]> path(String what, List<String> steps) throws MalformedDocumentException {
        if (steps.size() > MOST_STEPS) {
            throw new MalformedDocumentException("the path of %s has more than %d hashes".formatted(what, MOST_STEPS));
        }
        List<byte[]> path = new ArrayList<>();
        for (String step : steps) {
            path.add(bytes("a hash of " + what, step, 32, Base64.getDecoder(), Base64.getEncoder()));
        }
        return List.copyOf(path);
    }

    byte[] signature(String name) throws MalformedDocumentException {
        return bytes(
                "the signature of " + what,
                text(name),
                64,
                Base64.getUrlDecoder(),
                Base64.getUrlEncoder().withoutPadding());
    }

    private static byte[] bytes(String name, String text, int size, Base64.Decoder decoder, Base64.Encoder encoder)
            throws MalformedDocumentException {
        try {
            byte[] bytes = decoder.decode(text);
            if (bytes.length == size && encoder.encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("%s is not Base64".formatted(name));
        }
        throw new MalformedDocumentException("%s is not %d bytes of Base64".formatted(name, size));
    }
}
