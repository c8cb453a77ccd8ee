package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ConsistencyProof;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.zk.ed25519.Ed25519Checker;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.log.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks bundles: each link on its own, and that it is about the same as the others. What is not trusted does not hold. */
public final class BundleVerifier {
    /** In each verdict, in this order. */
    static final List<String> LINKS =
            List.of(Links.LOCAL, Links.RECEIPT, Links.PROOF, Links.LINK, Links.LOG, Links.CHECKPOINT);

    private static final String DOCUMENT = "document";
    private static final List<String> NOTHING = List.of("anything the bundle says");

    private final JsonReader reader = new JsonReader();
    private final Ed25519Checker checker = new Ed25519Checker();
    private final ProofVerifier receipts;
    private final InstantSource clock;

    /** @param receipts checks receipts and the proofs in them */
    public BundleVerifier(ProofVerifier receipts, InstantSource clock) {
        this.receipts = receipts;
        this.clock = clock;
    }

    public BundleVerdict verify(String text, BundlePolicy policy) {
        Bundle bundle;
        try {
            bundle = BundleReader.read(reader.read(text));
        } catch (MalformedDocumentException e) {
            return refused(List.of(Links.fails(DOCUMENT, "not a bundle that can be checked: " + e.getMessage())));
        }
        HostLinks host = new HostLinks(bundle, policy, checker);
        NetworkLinks network = new NetworkLinks(bundle, policy, receipts, reader);
        List<LinkVerdict> links = new ArrayList<>(
                List.of(host.local(), network.receipt(), network.proof(), host.link(), host.log(), host.checkpoint()));
        host.consistency().ifPresent(links::add);
        PriceLink price = new PriceLink(bundle, policy, receipts);
        price.link().ifPresent(links::add);
        Instant ended = Instant.parse(bundle.local().text("ended"));
        new PolicyDemands(policy, clock).verdict(ended, network.assurance()).ifPresent(links::add);
        policy.required().stream()
                .filter(name -> !LINKS.contains(name) && !name.equals(Links.PRICE))
                .sorted()
                .forEach(name -> links.add(Links.fails(name, "it is required, and bundles have no such link")));
        return links.stream().allMatch(LinkVerdict::isGood)
                ? new BundleVerdict(
                        links, Optional.of(about(bundle)), network.assurance(), notProven(bundle, network, price))
                : refused(links);
    }

    private static BundleVerdict refused(List<LinkVerdict> links) {
        return new BundleVerdict(links, Optional.empty(), AssuranceLevel.NONE, NOTHING);
    }

    private static String about(Bundle bundle) {
        return "request " + bundle.local().text("request")
                + bundle.local().find("job").map(job -> ", job " + job).orElse("");
    }

    private static List<String> notProven(Bundle bundle, NetworkLinks network, PriceLink price) {
        Set<String> lines = new LinkedHashSet<>(ChainForms.NOT_PROVEN);
        lines.addAll(bundle.local().notProven());
        lines.addAll(network.notProven());
        lines.addAll(price.notProven());
        return List.copyOf(lines);
    }

    /**
     * A bundle with a proof about the price in it, in place of another one.
     *
     * @param proof of {@code receipt_chain}, as a verifier takes it
     * @throws OpenClawException with INVALID_REQUEST for what is no bundle, and for a proof that does not hold or is not about the bundle's answer
     */
    public String withPrice(String text, String proof) {
        try {
            Json.Members document = BundleFields.of("it", reader.read(text)).members();
            List<Json.Member> members = new ArrayList<>(document.list());
            members.removeIf(member -> member.name().equals(Links.PRICE));
            members.add(new Json.Member(Links.PRICE, reader.read(proof)));
            members.sort(Comparator.comparing(Json.Member::name));
            Json.Members with = new Json.Members(members);
            BundlePolicy nobody = new BundlePolicy(Set.of(), Set.of(), Set.of(), Set.of(), false, Optional.empty());
            new PriceLink(BundleReader.read(with), nobody, receipts).misplaced().ifPresent(fault -> {
                throw new OpenClawException(
                        ErrorCode.INVALID_REQUEST, "The proof cannot go into this bundle: " + fault);
            });
            return new String(CanonicalJson.of(with), StandardCharsets.US_ASCII);
        } catch (MalformedDocumentException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "The proof cannot go into this bundle: " + e.getMessage(), e);
        }
    }

    public LinkVerdict verify(String keptCheckpoint, ConsistencyProof proof) {
        String hostKey = proof.head().keyId();
        if (!ChainForms.isKey(hostKey)) {
            return Links.fails(Links.CONSISTENCY, "%s is no key of a host".formatted(Links.shown(hostKey)));
        }
        Optional<Checkpoint> now = Checkpoint.verified(
                        proof.head().checkpoint(), Base64.getUrlDecoder().decode(hostKey))
                .filter(it -> it.size() == proof.head().size()
                        && HexFormat.of()
                                .formatHex(it.root())
                                .equals(proof.head().root()));
        if (now.isEmpty()) {
            return Links.fails(Links.CONSISTENCY, "its checkpoint is not signed by host key " + hostKey);
        }
        try {
            Bundle.Growth growth = new Bundle.Growth(proof.earlier(), BundleFields.path("it", proof.path()));
            return new LogGrowth(hostKey).verdict(Optional.of(keptCheckpoint), Optional.of(growth), now.get());
        } catch (MalformedDocumentException e) {
            return Links.fails(Links.CONSISTENCY, String.valueOf(e.getMessage()));
        }
    }
}
