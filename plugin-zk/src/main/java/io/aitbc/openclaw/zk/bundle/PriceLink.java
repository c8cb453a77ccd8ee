package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Statement;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.receiptchain.HostRoot;
import io.aitbc.openclaw.zk.receiptchain.ReceiptChainReading;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A proof of {@code receipt_chain} in a bundle, which has to be about the bundle's answer and of its host, under one policy. */
final class PriceLink {
    private final Bundle bundle;
    private final BundlePolicy policy;
    private final Optional<Verdict> verdict;

    PriceLink(Bundle bundle, BundlePolicy policy, ProofVerifier verifier) {
        this.bundle = bundle;
        this.policy = policy;
        this.verdict = bundle.price().map(proof -> verifier.verify(evidence(proof)));
    }

    private Evidence evidence(Json.Members proof) {
        Set<String> trusted = new HashSet<>(policy.proofKeys());
        trusted.addAll(policy.hostKeys());
        trusted.addAll(policy.minerKeys());
        return new Evidence(Evidence.GROTH16, new String(CanonicalJson.of(proof), StandardCharsets.US_ASCII), trusted);
    }

    /** Empty when there is none and nobody demands it. */
    Optional<LinkVerdict> link() {
        if (verdict.isEmpty()) {
            return policy.required().contains(Links.PRICE)
                    ? Optional.of(Links.fails(Links.PRICE, "the bundle has no proof of the price"))
                    : Optional.empty();
        }
        return Optional.of(fault(verdict.get())
                .map(fault -> Links.fails(Links.PRICE, fault))
                .orElseGet(() -> Links.holds(Links.PRICE, verdict.get().reason())));
    }

    private Optional<String> fault(Verdict shown) {
        if (!shown.valid()) {
            return Optional.of(shown.reason());
        }
        Optional<ReceiptChainReading> reading = reading(shown);
        if (reading.isEmpty()) {
            return Optional.of(
                    "it is no proof of %s with a root that a host signed".formatted(ReceiptChainReading.CIRCUIT));
        }
        return ofAnother(bundle, reading.get())
                .or(() -> shown.assurance() == AssuranceLevel.NONE
                        ? Optional.of("nobody trusted vouches for it: "
                                + shown.notProven().getFirst())
                        : Optional.empty())
                .or(() -> reading.get().isOfHost()
                                || policy.minerKeys().contains(reading.get().keyId())
                        ? Optional.empty()
                        : Optional.of("receipt key %s is not trusted as a miner's"
                                .formatted(reading.get().keyId())));
    }

    private Optional<ReceiptChainReading> reading(Verdict shown) {
        return shown.statement()
                .filter(it -> it.circuit().equals(ReceiptChainReading.CIRCUIT))
                .map(Statement::publicSignals)
                .flatMap(signals -> root().flatMap(root -> ReceiptChainReading.of(signals, Optional.of(root))));
    }

    private Optional<HostRoot> root() {
        return bundle.price()
                .flatMap(proof -> proof.get("root"))
                .filter(Json.Members.class::isInstance)
                .map(Json.Members.class::cast)
                .flatMap(root -> root.text("host_key")
                        .flatMap(key -> root.text("note").flatMap(note -> HostRoot.of(key, note))));
    }

    /** What shows that the proof is not about the bundle's answer: the host signed both, and says what it sent to the miner and what came back. */
    private static Optional<String> ofAnother(Bundle bundle, ReceiptChainReading reading) {
        if (reading.root().filter(it -> it.hostKey().equals(bundle.hostKey())).isEmpty()) {
            return Optional.of("its root is signed by another host than the bundle names");
        }
        Bundle.Signed local = bundle.local();
        Optional<String> miner = local.find(ChainForms.WORK_KEY);
        if (miner.isEmpty() ? !reading.isOfHost() : !miner.equals(Optional.of(reading.keyId()))) {
            return Optional.of("another key signed its receipt than the host's statement says");
        }
        String request = local.text(miner.isEmpty() ? "prompt_sha256" : ChainForms.WORK_PROMPT);
        String answer = local.text(miner.isEmpty() ? "output_sha256" : ChainForms.WORK_OUTPUT);
        return request.equals(reading.claim().request())
                        && answer.equals(reading.claim().answer())
                ? Optional.empty()
                : Optional.of("it is about another request or answer than the host's statement");
    }

    List<String> notProven() {
        return verdict.map(Verdict::notProven).orElse(List.of());
    }

    /** Why the proof cannot stand in the bundle, whoever is trusted. */
    Optional<String> misplaced() {
        Verdict shown = verdict.orElseThrow();
        return shown.valid()
                ? reading(shown)
                        .map(reading -> ofAnother(bundle, reading))
                        .orElse(Optional.of("it is no proof of %s with a root that a host signed"
                                .formatted(ReceiptChainReading.CIRCUIT)))
                : Optional.of(shown.reason());
    }
}
