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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the network said of the answer of one bundle, under one policy. */
final class NetworkLinks {
    private final Bundle bundle;
    private final BundlePolicy policy;
    private final Optional<Json.Members> document;
    private final Optional<ReceiptedAnswer> answer;
    private final Optional<Verdict> receipt;
    private final Optional<Verdict> proof;

    /** @param verifier of receipts and the proofs in them */
    NetworkLinks(Bundle bundle, BundlePolicy policy, ProofVerifier verifier, JsonReader reader) {
        this.bundle = bundle;
        this.policy = policy;
        this.document = bundle.receipt().flatMap(json -> document(json, reader));
        this.answer = document.map(ReceiptedAnswer::of);
        this.receipt = bundle.receipt()
                .map(json -> verifier.verify(new Evidence(Evidence.AITBC_RECEIPT, json, policy.receiptKeys())));
        this.proof = bundle.receipt()
                .filter(json -> member("zk_proof").isPresent())
                .map(json -> verifier.verify(new Evidence(Evidence.AITBC_RECEIPT_PROOF, json, keysOfProofs(policy))));
    }

    /** A proof is worth no more than the receipt it is about; each key is trusted in its one role. */
    private static Set<String> keysOfProofs(BundlePolicy policy) {
        return Stream.concat(
                        policy.proofKeys().stream().filter(NetworkLinks::isHash),
                        policy.receiptKeys().stream().filter(key -> !isHash(key)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isHash(String key) {
        return key.matches("[0-9a-fA-F]{64}");
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
        return verdict.isGood()
                ? otherJob(job)
                        .or(() -> answer.flatMap(it -> it.fault(bundle.local())))
                        .map(fault -> Links.fails(Links.RECEIPT, fault))
                        .orElse(verdict)
                : verdict;
    }

    private Optional<String> otherJob(Optional<String> job) {
        boolean same = job.isPresent() && member("job_id").equals(job.map(Json.Text::new));
        return same ? Optional.empty() : Optional.of("it is about another job than the host's statement");
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

    /** Of the receipt: a proof about it, which anybody can make, raises nothing. */
    AssuranceLevel assurance() {
        return showsNoAnswer()
                ? AssuranceLevel.NONE
                : receipt.map(Verdict::assurance).orElse(AssuranceLevel.NONE);
    }

    /** Then it is about any answer of this job. */
    private boolean showsNoAnswer() {
        return answer.filter(it -> it.output().isPresent()).isEmpty();
    }

    List<String> notProven() {
        List<String> lines = new ArrayList<>();
        if (receipt.isPresent() && showsNoAnswer()) {
            lines.add("that the receipt is about this answer: it does not show one");
        }
        Stream.of(receipt, proof)
                .flatMap(Optional::stream)
                .flatMap(verdict -> verdict.notProven().stream())
                .forEach(lines::add);
        return lines;
    }

    private Optional<Json> member(String name) {
        return document.flatMap(it -> it.get(name)).filter(value -> !(value instanceof Json.Null));
    }

    private static Optional<Json.Members> document(String json, JsonReader reader) {
        try {
            return reader.read(json) instanceof Json.Members members ? Optional.of(members) : Optional.empty();
        } catch (MalformedDocumentException e) {
            return Optional.empty(); // the verdict on the receipt says so
        }
    }
}
