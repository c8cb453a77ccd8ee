package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads bundles strictly: what nobody has checked has no place in them. */
final class BundleReader {
    private static final Set<String> MEMBERS = Set.of(
            "format",
            "version",
            "host_key",
            "local",
            "receipt",
            "link",
            "log",
            "checkpoint",
            "consistency",
            Links.PRICE,
            "not_proven");
    private static final String NETWORK_OUTPUT = "network_output_sha256";
    private static final Form LOCAL = new Form(
            Set.of(
                    "host_key",
                    "request",
                    "model",
                    "prompt_sha256",
                    "output_sha256",
                    "started",
                    "ended",
                    "route",
                    "provider",
                    "assurance"),
            Set.of(
                    "job",
                    "network",
                    NETWORK_OUTPUT,
                    "model_digest",
                    "fallback_reason",
                    ChainForms.WORK_KEY,
                    ChainForms.WORK_PROMPT,
                    ChainForms.WORK_OUTPUT,
                    ChainForms.WORK_RECEIPT),
            true);
    /** All of them or none; of the form of a SHA-256 each. */
    private static final List<String> WORK =
            List.of(ChainForms.WORK_KEY, ChainForms.WORK_PROMPT, ChainForms.WORK_OUTPUT, ChainForms.WORK_RECEIPT);

    private static final Form LINK =
            new Form(Set.of("host_key", "local_sha256", "request"), Set.of("job", "receipt_sha256"), false);

    /** @param saysWhatIsNotProven whether it has a list of that too */
    private record Form(Set<String> needed, Set<String> mayLack, boolean saysWhatIsNotProven) {}

    private BundleReader() {}

    static Bundle read(Json document) throws MalformedDocumentException {
        BundleFields bundle = BundleFields.of("it", document).only(MEMBERS);
        if (!bundle.text("format").equals(ChainForms.FORMAT)) {
            throw new MalformedDocumentException("its format is not " + ChainForms.FORMAT);
        }
        if (!bundle.value("version").equals(new Json.Whole(ChainForms.VERSION))) {
            throw new MalformedDocumentException(
                    "its version is not " + ChainForms.VERSION + ", the one that is read here");
        }
        Bundle.Signed local = local(bundle.object("local"));
        List<String> notProven = new ArrayList<>(ChainForms.NOT_PROVEN);
        notProven.addAll(local.notProven());
        if (!bundle.lines("not_proven").equals(notProven)) {
            throw new MalformedDocumentException("its not_proven is not what its statement says is not proven");
        }
        BundleFields log = bundle.object("log").only(Set.of("index", "path"));
        return new Bundle(
                bundle.text("host_key"),
                local,
                bundle.has("receipt") ? Optional.of(bundle.text("receipt")) : Optional.empty(),
                signed(bundle.object("link"), LINK),
                log.whole("index"),
                log.path(),
                bundle.text("checkpoint"),
                bundle.has("consistency") ? Optional.of(growth(bundle.object("consistency"))) : Optional.empty(),
                bundle.has(Links.PRICE) ? Optional.of(price(bundle.object(Links.PRICE))) : Optional.empty());
    }

    /** Whoever checks the proof looks at each member; but canonical documents have no nulls, so those would go unseen. */
    private static Json.Members price(BundleFields proof) throws MalformedDocumentException {
        if (hasNull(proof.members())) {
            throw new MalformedDocumentException("its price has a null");
        }
        return proof.members();
    }

    private static boolean hasNull(Json value) {
        return switch (value) {
            case Json.Null _ -> true;
            case Json.Members members -> members.list().stream().anyMatch(member -> hasNull(member.value()));
            case Json.Items items -> items.list().stream().anyMatch(BundleReader::hasNull);
            case Json.Text _, Json.Whole _, Json.Real _, Json.Flag _ -> false;
        };
    }

    private static Bundle.Growth growth(BundleFields fields) throws MalformedDocumentException {
        BundleFields known = fields.only(Set.of("checkpoint", "path"));
        return new Bundle.Growth(known.text("checkpoint"), known.path());
    }

    private static Bundle.Signed local(BundleFields fields) throws MalformedDocumentException {
        Bundle.Signed local = signed(fields, LOCAL);
        List<String> hashes = new ArrayList<>(List.of("prompt_sha256", "output_sha256"));
        if (local.find(NETWORK_OUTPUT).isPresent()) {
            hashes.add(NETWORK_OUTPUT);
        }
        if (WORK.stream().anyMatch(it -> local.find(it).isPresent())) {
            hashes.addAll(WORK);
        }
        for (String hash : hashes) {
            if (!local.find(hash).orElse("").matches("[0-9a-f]{64}")) {
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

    private static Bundle.Signed signed(BundleFields fields, Form form) throws MalformedDocumentException {
        BundleFields whole = fields.only(Set.of("sig", "statement"));
        BundleFields statement = BundleFields.of("the statement of " + fields.what(), whole.value("statement"));
        Map<String, String> texts = new TreeMap<>();
        for (Json.Member member : statement.members().list()) {
            String name = member.name();
            if (form.needed().contains(name) || form.mayLack().contains(name)) {
                texts.put(name, statement.text(name));
            } else if (!form.saysWhatIsNotProven() || !name.equals("not_proven")) {
                throw new MalformedDocumentException(statement.what() + " has an unknown member");
            }
        }
        for (String member : form.needed()) {
            if (!texts.containsKey(member)) {
                throw new MalformedDocumentException("%s has no %s".formatted(statement.what(), member));
            }
        }
        List<String> notProven = form.saysWhatIsNotProven() ? statement.lines("not_proven") : List.of();
        return new Bundle.Signed(
                whole.members(), statement.members(), whole.signature("sig"), Map.copyOf(texts), notProven);
    }
}
