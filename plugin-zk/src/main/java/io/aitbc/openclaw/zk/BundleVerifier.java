package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.log.Checkpoint;
import io.aitbc.openclaw.zk.log.MerkleProofs;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks bundles: each link on its own, and that it is about the same as the others. What is not trusted does not hold. */
final class BundleVerifier {
    static final List<String> LINKS = List.of("local", "receipt", "proof", "link", "log", "checkpoint");

    private static final String DOCUMENT = "document";
    private static final List<String> NOTHING = List.of("anything the bundle says");

    private final JsonReader reader = new JsonReader();
    private final Ed25519Checker checker = new Ed25519Checker();
    private final ProofVerifier receipts;

    /** @param receipts checks receipts and the proofs in them */
    BundleVerifier(ProofVerifier receipts) {
        this.receipts = receipts;
    }

    BundleVerdict verify(String text, BundlePolicy policy) {
        Bundle bundle;
        try {
            bundle = Bundle.read(reader.read(text));
        } catch (MalformedDocumentException e) {
            return refused(fails(DOCUMENT, "not a bundle that can be checked: " + e.getMessage()));
        }
        return new Check(bundle, policy).verdict();
    }

    private static BundleVerdict refused(LinkVerdict... links) {
        return new BundleVerdict(List.of(links), Optional.empty(), AssuranceLevel.NONE, NOTHING);
    }

    private static LinkVerdict holds(String link, String reason) {
        return new LinkVerdict(link, LinkVerdict.State.HOLDS, reason);
    }

    private static LinkVerdict fails(String link, String reason) {
        return new LinkVerdict(link, LinkVerdict.State.FAILS, reason);
    }

    /** One bundle under one policy. */
    private final class Check {
        private final Bundle bundle;
        private final BundlePolicy policy;
        private final Optional<Verdict> receipt;
        private final Optional<Verdict> proof;

        Check(Bundle bundle, BundlePolicy policy) {
            this.bundle = bundle;
            this.policy = policy;
            this.receipt = bundle.receipt()
                    .map(json -> receipts.verify(new Evidence(Evidence.AITBC_RECEIPT, json, policy.receiptKeys())));
            this.proof = bundle.receipt()
                    .filter(json -> receiptMember(json, "zk_proof").isPresent())
                    .map(json -> receipts.verify(new Evidence(Evidence.AITBC_RECEIPT_PROOF, json, policy.proofKeys())));
        }

        BundleVerdict verdict() {
            List<LinkVerdict> links = new ArrayList<>(List.of(local(), receipt(), proof(), link()));
            Optional<Checkpoint> checkpoint = hostTrusted()
                    ? Checkpoint.verified(
                            bundle.checkpoint(), Base64.getUrlDecoder().decode(bundle.hostKey()))
                    : Optional.empty();
            links.add(log(checkpoint));
            links.add(checkpoint(checkpoint));
            policy.required().stream()
                    .filter(name -> !LINKS.contains(name))
                    .sorted()
                    .forEach(name -> links.add(fails(name, "it is required, and bundles have no such link")));
            if (!links.stream().allMatch(LinkVerdict::isGood)) {
                return refused(links.toArray(LinkVerdict[]::new));
            }
            return new BundleVerdict(links, Optional.of(about()), assurance(), notProven());
        }

        private String about() {
            return "request " + bundle.local().text("request")
                    + bundle.local().find("job").map(job -> ", job " + job).orElse("");
        }

        /** Trusted under the one spelling that a key has, so it can be decoded. */
        private boolean hostTrusted() {
            return bundle.hostKey().matches("[A-Za-z0-9_-]{43}")
                    && policy.hostKeys().contains(bundle.hostKey());
        }

        private Optional<String> unsigned(String domain, Bundle.Signed signed) {
            if (!signed.text("host_key").equals(bundle.hostKey())) {
                return Optional.of("it is signed by another host than the bundle names");
            }
            if (!hostTrusted()) {
                return Optional.of("host key %s is not trusted".formatted(shown(bundle.hostKey())));
            }
            Ed25519Signature signature = new Ed25519Signature(
                    bundle.hostKey(), Base64.getUrlDecoder().decode(bundle.hostKey()), signed.signature());
            return checker.holds(signature, ChainForms.bytes(domain, signed.statement()))
                    ? Optional.empty()
                    : Optional.of("the signature does not hold for host key " + bundle.hostKey());
        }

        private LinkVerdict local() {
            Optional<String> fault = unsigned(ChainForms.LOCAL, bundle.local()).or(this::notAboutIt);
            return fault.map(it -> fails("local", it))
                    .orElseGet(() -> holds("local", "signed by trusted host key " + bundle.hostKey()));
        }

        private Optional<String> notAboutIt() {
            return policy.about()
                    .filter(id -> !id.equals(bundle.local().text("request"))
                            && !bundle.local().find("job").equals(Optional.of(id)))
                    .map(id -> "it is about another job or request than %s".formatted(shown(id)));
        }

        private LinkVerdict receipt() {
            Optional<String> job = bundle.local().find("job");
            if (bundle.receipt().isEmpty()) {
                if (bundle.link().find("receipt_sha256").isPresent()) {
                    return fails("receipt", "the bundle had a receipt when the host signed it");
                }
                return missing(
                        "receipt",
                        job.isPresent() && !policy.receiptMayLack(),
                        job.isPresent() ? "the network gave no receipt" : "no network computed the answer");
            }
            Verdict verdict = receipt.orElseThrow();
            if (!verdict.valid() || verdict.assurance() == AssuranceLevel.NONE) {
                return fails("receipt", verdict.reason());
            }
            if (job.isEmpty()
                    || !receiptMember(bundle.receipt().get(), "job_id").equals(job.map(Json.Text::new))) {
                return fails("receipt", "it is about another job than the host's statement");
            }
            return holds("receipt", verdict.reason());
        }

        private LinkVerdict proof() {
            if (proof.isEmpty()) {
                return missing("proof", false, "the receipt carries no zero-knowledge proof");
            }
            Verdict verdict = proof.get();
            boolean good = verdict.valid() && verdict.assurance() != AssuranceLevel.NONE;
            return good ? holds("proof", verdict.reason()) : fails("proof", verdict.reason());
        }

        private LinkVerdict missing(String link, boolean needed, String reason) {
            boolean fails = needed || policy.required().contains(link);
            return new LinkVerdict(link, fails ? LinkVerdict.State.FAILS : LinkVerdict.State.ABSENT, reason);
        }

        private LinkVerdict link() {
            Bundle.Signed link = bundle.link();
            Optional<String> fault = unsigned(ChainForms.LINK, link);
            if (fault.isPresent()) {
                return fails("link", fault.get());
            }
            if (!link.text("local_sha256")
                    .equals(ChainForms.localHash(bundle.local().whole()))) {
                return fails("link", "it is about another statement of the host");
            }
            if (!link.find("receipt_sha256").equals(bundle.receipt().map(ChainForms::receiptHash))) {
                return fails("link", "it is about another receipt");
            }
            boolean same = link.text("request").equals(bundle.local().text("request"))
                    && link.find("job").equals(bundle.local().find("job"));
            return same
                    ? holds("link", "statement and receipt belong together")
                    : fails("link", "it is about another request or job");
        }

        private LinkVerdict log(Optional<Checkpoint> checkpoint) {
            if (checkpoint.isEmpty()) {
                return fails("log", "there is no trusted checkpoint to check it against");
            }
            long size = checkpoint.get().size();
            byte[] leaf = CanonicalJson.of(bundle.link().whole());
            boolean included = new MerkleProofs()
                    .included(
                            leaf,
                            bundle.index(),
                            size,
                            bundle.path(),
                            checkpoint.get().root());
            return included
                    ? holds("log", "entry %d of %d in the host's log".formatted(bundle.index(), size))
                    : fails("log", "it is not entry %d of the log in the checkpoint".formatted(bundle.index()));
        }

        private LinkVerdict checkpoint(Optional<Checkpoint> checkpoint) {
            return checkpoint
                    .map(it -> holds("checkpoint", "signed by the host for log " + it.origin()))
                    .orElseGet(() -> fails(
                            "checkpoint",
                            hostTrusted()
                                    ? "it is not signed by host key " + bundle.hostKey()
                                    : "host key %s is not trusted".formatted(shown(bundle.hostKey()))));
        }

        private Optional<Json> receiptMember(String json, String name) {
            try {
                return reader.read(json) instanceof Json.Members members
                        ? members.get(name).filter(value -> !(value instanceof Json.Null))
                        : Optional.empty();
            } catch (MalformedDocumentException e) {
                return Optional.empty(); // the verdict on the receipt says so
            }
        }

        private AssuranceLevel assurance() {
            return proof.or(() -> receipt).map(Verdict::assurance).orElse(AssuranceLevel.NONE);
        }

        private List<String> notProven() {
            Set<String> lines = new LinkedHashSet<>(ChainForms.NOT_PROVEN);
            lines.addAll(bundle.local().notProven());
            receipt.ifPresent(verdict -> lines.addAll(verdict.notProven()));
            proof.ifPresent(verdict -> lines.addAll(verdict.notProven()));
            return List.copyOf(lines);
        }

        /** What stands in a bundle may be anything. */
        private String shown(String text) {
            String line = text.replaceAll("[^\\x21-\\x7e]", "?");
            return line.length() <= 80 ? line : line.substring(0, 80) + "…";
        }
    }
}
