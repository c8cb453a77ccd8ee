package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.AssuranceLevel;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A bundle as it was read: every member is known and of its form, nothing is checked.
 *
 * @param local statement and signature
 * @param link statement and signature
 * @param index of the leaf
 * @param path hashes that lead from the leaf to the root
 */
record Bundle(
        String hostKey,
        Signed local,
        Optional<String> receipt,
        Signed link,
        long index,
        List<byte[]> path,
        String checkpoint) {
    private static final int MOST_STEPS = 64;
    private static final Set<String> MEMBERS =
            Set.of("format", "version", "host_key", "local", "receipt", "link", "log", "checkpoint", "not_proven");
    private static final Set<String> LOCAL = Set.of(
            "host_key",
            "request",
            "model",
            "prompt_sha256",
            "output_sha256",
            "started",
            "ended",
            "route",
            "provider",
            "assurance");
    private static final Set<String> LOCAL_MAY_LACK = Set.of("job", "network", "model_digest", "fallback_reason");
    private static final Set<String> LINK = Set.of("host_key", "local_sha256", "request");
    private static final Set<String> LINK_MAY_LACK = Set.of("job", "receipt_sha256");

    /**
     * A statement with its signature.
     *
     * @param whole as it is hashed
     * @param texts of the statement
     * @param notProven list of the statement; empty for those without
     */
    record Signed(
            Json.Members whole,
            Json.Members statement,
            byte[] signature,
            Map<String, String> texts,
            List<String> notProven) {
        String text(String name) {
            String text = texts.get(name);
            if (text == null) {
                throw new IllegalArgumentException("no text " + name);
            }
            return text;
        }

        Optional<String> find(String name) {
            return Optional.ofNullable(texts.get(name));
        }
    }

    static Json.Members write(
            String hostKey, ChainStatements.Made made, long index, List<byte[]> path, String checkpoint) {
        Map<String, Json> values = new TreeMap<>();
        values.put("format", new Json.Text(ChainForms.FORMAT));
        values.put("version", new Json.Whole(ChainForms.VERSION));
        values.put("host_key", new Json.Text(hostKey));
        values.put("local", made.local());
        made.receipt().ifPresent(receipt -> values.put("receipt", new Json.Text(receipt)));
        values.put("link", made.link());
        List<String> steps =
                path.stream().map(Base64.getEncoder()::encodeToString).toList();
        values.put(
                "log",
                ChainForms.members(
                        Map.of("index", new Json.Whole(Long.toString(index)), "path", ChainForms.texts(steps))));
        values.put("checkpoint", new Json.Text(checkpoint));
        List<String> notProven = new ArrayList<>(ChainForms.NOT_PROVEN);
        if (((Json.Members) made.local().get("statement").orElseThrow())
                        .get("not_proven")
                        .orElseThrow()
                instanceof Json.Items items) {
            items.list().forEach(item -> notProven.add(((Json.Text) item).value()));
        }
        values.put("not_proven", ChainForms.texts(notProven));
        return ChainForms.members(values);
    }

    static Bundle read(Json document) throws MalformedDocumentException {
        Json.Members members = object("it", document);
        requireKnown("it", members, MEMBERS);
        if (!text("format", members).equals(ChainForms.FORMAT)) {
            throw new MalformedDocumentException("its format is not " + ChainForms.FORMAT);
        }
        if (!value("version", members).equals(new Json.Whole(ChainForms.VERSION))) {
            throw new MalformedDocumentException(
                    "its version is not " + ChainForms.VERSION + ", the one that is read here");
        }
        Signed local = local(value("local", members));
        List<String> notProven = new ArrayList<>(ChainForms.NOT_PROVEN);
        notProven.addAll(local.notProven());
        if (!lines("not_proven", members).equals(notProven)) {
            throw new MalformedDocumentException("its not_proven is not what its statement says is not proven");
        }
        Json.Members log = object("log", value("log", members));
        requireKnown("log", log, Set.of("index", "path"));
        return new Bundle(
                text("host_key", members),
                local,
                members.get("receipt").isPresent() ? Optional.of(text("receipt", members)) : Optional.empty(),
                signed("link", value("link", members), LINK, LINK_MAY_LACK, false),
                index(log),
                path(log),
                text("checkpoint", members));
    }

    private static Signed local(Json value) throws MalformedDocumentException {
        Signed local = signed("local", value, LOCAL, LOCAL_MAY_LACK, true);
        for (String hash : List.of("prompt_sha256", "output_sha256")) {
            if (!local.text(hash).matches("[0-9a-f]{64}")) {
                throw new MalformedDocumentException(hash + " of its local statement is not a SHA-256");
            }
        }
        try {
            if (Instant.parse(local.text("ended")).isBefore(Instant.parse(local.text("started")))) {
                throw new MalformedDocumentException("its local statement says the answer ended before it started");
            }
            AssuranceLevel _ = AssuranceLevel.valueOf(local.text("assurance"));
        } catch (DateTimeException e) {
            throw new MalformedDocumentException("a time of its local statement is none");
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("the assurance of its local statement is none that is known");
        }
        return local;
    }

    private static Signed signed(String name, Json value, Set<String> needed, Set<String> mayLack, boolean says)
            throws MalformedDocumentException {
        Json.Members whole = object(name, value);
        requireKnown(name, whole, Set.of("sig", "statement"));
        Json.Members statement = object(name, value("statement", whole));
        Map<String, String> texts = new TreeMap<>();
        for (Json.Member member : statement.list()) {
            boolean list = says && member.name().equals("not_proven");
            if (!list && !needed.contains(member.name()) && !mayLack.contains(member.name())) {
                throw new MalformedDocumentException("the statement of %s has an unknown member".formatted(name));
            }
            if (!list) {
                texts.put(member.name(), text(member.name(), statement));
            }
        }
        for (String member : needed) {
            if (!texts.containsKey(member)) {
                throw new MalformedDocumentException("the statement of %s has no %s".formatted(name, member));
            }
        }
        List<String> notProven = says ? lines("not_proven", statement) : List.of();
        return new Signed(whole, statement, base64(name, text("sig", whole), 64, true), Map.copyOf(texts), notProven);
    }

    private static long index(Json.Members log) throws MalformedDocumentException {
        if (value("index", log) instanceof Json.Whole whole && whole.digits().matches("0|[1-9][0-9]{0,17}")) {
            return Long.parseLong(whole.digits());
        }
        throw new MalformedDocumentException("the index in its log is not a whole number");
    }

    private static List<byte[]> path(Json.Members log) throws MalformedDocumentException {
        List<String> steps = lines("path", log);
        if (steps.size() > MOST_STEPS) {
            throw new MalformedDocumentException("the path in its log has more than %d hashes".formatted(MOST_STEPS));
        }
        List<byte[]> path = new ArrayList<>();
        for (String step : steps) {
            path.add(base64("a hash in its log", step, 32, false));
        }
        return List.copyOf(path);
    }

    private static Json value(String name, Json.Members members) throws MalformedDocumentException {
        return members.get(name).orElseThrow(() -> new MalformedDocumentException("it has no " + name));
    }

    private static Json.Members object(String name, Json value) throws MalformedDocumentException {
        if (value instanceof Json.Members members) {
            return members;
        }
        throw new MalformedDocumentException(name + " is not a JSON object");
    }

    private static String text(String name, Json.Members members) throws MalformedDocumentException {
        if (value(name, members) instanceof Json.Text text) {
            return text.value();
        }
        throw new MalformedDocumentException(name + " is not a text");
    }

    private static List<String> lines(String name, Json.Members members) throws MalformedDocumentException {
        List<String> lines = new ArrayList<>();
        if (value(name, members) instanceof Json.Items items) {
            for (Json item : items.list()) {
                if (!(item instanceof Json.Text text)) {
                    throw new MalformedDocumentException(name + " has something else than texts");
                }
                lines.add(text.value());
            }
            return List.copyOf(lines);
        }
        throw new MalformedDocumentException(name + " is not a list");
    }

    private static void requireKnown(String name, Json.Members members, Set<String> known)
            throws MalformedDocumentException {
        for (Json.Member member : members.list()) {
            if (!known.contains(member.name())) {
                throw new MalformedDocumentException(name + " has an unknown member");
            }
        }
    }

    /** One spelling only. */
    private static byte[] base64(String name, String text, int size, boolean url) throws MalformedDocumentException {
        try {
            byte[] bytes = url
                    ? Base64.getUrlDecoder().decode(text)
                    : Base64.getDecoder().decode(text);
            String again = url
                    ? Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                    : Base64.getEncoder().encodeToString(bytes);
            if (bytes.length == size && again.equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("%s is not %d bytes of Base64".formatted(name, size));
        }
        throw new MalformedDocumentException("%s is not %d bytes of Base64".formatted(name, size));
    }
}
