package io.aitbc.openclaw.zk.chain;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.zk.bundle.Bundle;
import io.aitbc.openclaw.zk.bundle.BundleFields;
import io.aitbc.openclaw.zk.bundle.ChainForms;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.log.DurableLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is written to the log, and made of what is read from it. */
final class ChainDocuments {
    private final JsonReader reader = new JsonReader();

    /** What the leaf does not say itself. */
    static byte[] entry(ChainStatements.Made made) {
        Map<String, Json> values = new TreeMap<>(Map.of("local", made.local()));
        made.receipt().ifPresent(receipt -> values.put("receipt", new Json.Text(receipt)));
        made.work().ifPresent(work -> values.put("work", new Json.Text(work)));
        return CanonicalJson.of(ChainForms.members(values));
    }

    ChainStatements.Made made(DurableLog.Entry entry) throws IOException {
        try {
            Json link = reader.read(new String(entry.leaf(), StandardCharsets.US_ASCII));
            Json document = reader.read(new String(entry.document(), StandardCharsets.US_ASCII));
            if (link instanceof Json.Members leaf
                    && document instanceof Json.Members rest
                    && rest.get("local").orElse(null) instanceof Json.Members local) {
                return new ChainStatements.Made(local, rest.text("receipt"), rest.text("work"), leaf);
            }
            throw new IOException("entry %d is none of a proof chain".formatted(entry.index()));
        } catch (MalformedDocumentException e) {
            throw new IOException("entry %d cannot be read: %s".formatted(entry.index(), e.getMessage()), e);
        }
    }

    ChainRecord record(DurableLog.Entry entry) throws IOException {
        try {
            Json document = reader.read(new String(entry.document(), StandardCharsets.US_ASCII));
            BundleFields statement =
                    BundleFields.of("it", document).object("local").object("statement");
            return new ChainRecord(
                    entry.index(),
                    statement.text("request"),
                    statement.members().text("job"),
                    statement.members().text("network"),
                    statement.text("model"),
                    statement.text("provider"),
                    statement.text("route"),
                    Instant.parse(statement.text("started")),
                    Instant.parse(statement.text("ended")),
                    AssuranceLevel.valueOf(statement.text("assurance")));
        } catch (MalformedDocumentException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("entry %d cannot be read: %s".formatted(entry.index(), e.getMessage()), e);
        }
    }

    /** @param growth since an earlier checkpoint */
    static String bundle(
            String hostKey,
            ChainStatements.Made made,
            int index,
            List<byte[]> path,
            String checkpoint,
            Optional<Bundle.Growth> growth)
            throws IOException {
        Map<String, Json> values = new TreeMap<>();
        values.put("format", new Json.Text(ChainForms.FORMAT));
        values.put("version", new Json.Whole(ChainForms.VERSION));
        values.put("host_key", new Json.Text(hostKey));
        values.put("local", made.local());
        made.receipt().ifPresent(receipt -> values.put("receipt", new Json.Text(receipt)));
        values.put("link", made.link());
        values.put(
                "log",
                ChainForms.members(Map.of(
                        "index", new Json.Whole(Integer.toString(index)), "path", ChainForms.texts(base64(path)))));
        values.put("checkpoint", new Json.Text(checkpoint));
        growth.ifPresent(it -> values.put(
                "consistency",
                ChainForms.members(Map.of(
                        "checkpoint", new Json.Text(it.earlier()), "path", ChainForms.texts(base64(it.path()))))));
        List<String> notProven = new ArrayList<>(ChainForms.NOT_PROVEN);
        notProven.addAll(notProven(made.local()));
        values.put("not_proven", ChainForms.texts(notProven));
        return new String(CanonicalJson.of(ChainForms.members(values)), StandardCharsets.US_ASCII);
    }

    private static List<String> notProven(Json.Members local) throws IOException {
        try {
            return BundleFields.of("local", local).object("statement").lines("not_proven");
        } catch (MalformedDocumentException e) {
            throw new IOException("a statement in it cannot be read: " + e.getMessage(), e);
        }
    }

    static List<String> base64(List<byte[]> path) {
        return path.stream().map(Base64.getEncoder()::encodeToString).toList();
    }
}
