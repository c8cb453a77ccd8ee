package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the network said of the answer of one bundle, under one policy. */
final class NetworkLinks {
    private final Bundle bundle;
    private final BundlePolicy policy;
    private final JsonReader reader;
    private final Optional<Verdict> receipt;
    private final Optional<Verdict> proof;

    /** @param verifier of receipts and the proofs in them */
    NetworkLinks(Bundle bundle, BundlePolicy policy, ProofVerifier verifier, JsonReader reader) {
        this.bundle = bundle;
        this.policy = policy;
        this.reader = reader;
        this.receipt = bundle.receipt()
                .map(json -> verifier.verify(new Evidence(Evidence.AITBC_RECEIPT, json, policy.receiptKeys())));
        this.proof = bundle.receipt()
                .filter(json -> member(json, "zk_proof").isPresent())
                .map(json -> verifier.verify(new Evidence(Evidence.AITBC_RECEIPT_PROOF, json, policy.proofKeys())));
    }

    LinkVerdict receipt() {
        Optional<String> job = bundle.local().find("job");
        if (bundle.receipt().isEmpty()) {
            if (bundle.link().find("receipt_sha256").isPresent()) {
                return Links.fails(Links.RECEIPT, "the bundle had a receipt when the host signed it");
            }
            return Links.missing(
                    Links.RECEIPT,
                    policy,
                    job.isPresent() && !policy.receiptMayLack(),
                    job.isPresent() ? "the network gave no receipt" : "no network computed the answer");
        }
        LinkVerdict verdict = of(Links.RECEIPT, receipt.orElseThrow());
        boolean same =
                job.isPresent() && member(bundle.receipt().get(), "job_id").equals(job.map(Json.Text::new));
        return verdict.isGood() && !same
                ? Links.fails(Links.RECEIPT, "it is about another job than the host's statement")
                : verdict;
    }

    LinkVerdict proof() {
        return proof.map(verdict -> of(Links.PROOF, verdict))
                .orElseGet(
                        () -> Links.missing(Links.PROOF, policy, false, "the receipt carries no zero-knowledge proof"));
    }

    private static LinkVerdict of(String link, Verdict verdict) {
        return verdict.valid() && verdict.assurance() != AssuranceLevel.NONE
                ? Links.holds(link, verdict.reason())
                : Links.fails(link, verdict.reason());
    }

    AssuranceLevel assurance() {
        return proof.or(() -> receipt).map(Verdict::assurance).orElse(AssuranceLevel.NONE);
    }

    List<String> notProven() {
        return Stream.of(receipt, proof)
                .flatMap(Optional::stream)
                .flatMap(verdict -> verdict.notProven().stream())
                .toList();
    }

    private Optional<Json> member(String json, String name) {
        try {
            return reader.read(json) instanceof Json.Members members
                    ? members.get(name).filter(value -> !(value instanceof Json.Null))
                    : Optional.empty();
        } catch (MalformedDocumentException e) {
            return Optional.empty(); // the verdict on the receipt says so
        }
    }
}
