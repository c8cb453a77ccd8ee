package io.aitbc.openclaw.devnet;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The step of the coordinator that makes a proof for jobs that need one, and blocks everything else meanwhile. Guarded by the
 * lock of the {@link Coordinator}.
 */
final class Proving {
    private static final String VERIFIED = "verified";

    private final Prover prover;
    private final Duration stall;
    private final QuirkBoard quirks;
    private final RecordedProofs proofs;
    private final Set<String> handedOut = new HashSet<>();

    Proving(DevnetOptions options, QuirkBoard quirks, RecordedProofs proofs) {
        this.prover = options.prover();
        this.stall = options.stall();
        this.quirks = quirks;
        this.proofs = proofs;
    }

    /**
     * The recorded proof that was made for such a job. With it go the recorded ids, once: a proof is bound to them. The job's
     * miner has to report the recorded result.
     */
    Optional<RecordedProofs.Recorded> reserve(ObjectNode payload, boolean zkAsked, boolean highValue) {
        if (prover != Prover.RECORDED || !(zkAsked || highValue)) {
            return Optional.empty();
        }
        Predicate<RecordedProofs.Job> same =
                job -> job.zkProofRequired() == zkAsked && job.payload().equals(payload);
        return proofs.all().stream()
                .filter(recorded -> recorded.job().filter(same).isPresent() && handedOut.add(recorded.name()))
                .findFirst();
    }

    /** All recorded ids may be handed out again. */
    void reset() {
        handedOut.clear();
    }

    /**
     * Adds a proof to a receipt if the job needs one.
     *
     * @return the status to tell
     */
    String prove(Job job, ObjectNode receipt) {
        if (!job.zkRequired()) {
            return "not_required";
        }
        stall();
        if (quirks.take(Quirk.ZK_GENERATION_FAILED)) {
            return "generation_failed";
        }
        if (quirks.take(Quirk.ZK_VERIFICATION_FAILED)) {
            return "verification_failed: Invalid proof";
        }
        if (quirks.take(Quirk.ZK_WRONG_COMPUTATION)) {
            return attach(receipt, proofs.named("ml-inference-verification-bad"));
        }
        if (quirks.take(Quirk.ZK_ALTERED_PROOF)) {
            return attach(receipt, altered(chosen(job)));
        }
        return switch (prover) {
            case MISSING -> "generation_failed";
            case DISABLED -> "verification_failed: ZK proof verification is not enabled";
            case RECORDED -> attach(receipt, chosen(job));
        };
    }

    private void stall() {
        try {
            boolean _ = quirks.hold(Quirk.SLOW_PROVING, stall);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RecordedProofs.Recorded chosen(Job job) {
        return job.recorded.orElseGet(() -> proofs.named("receipt-public"));
    }

    private static String attach(ObjectNode receipt, RecordedProofs.Recorded recorded) {
        ObjectNode attached = Json.object();
        attached.set("proof", recorded.proof());
        attached.set("public_signals", recorded.signals());
        JsonNode numbers = recorded.receipt()
                .or(() -> recorded.input().map(input -> input.path("receipt")).filter(JsonNode::isArray))
                .orElseGet(Json::array);
        attached.set("receipt", numbers);
        attached.put("circuit", recorded.circuit())
                .put("privacy_level", "basic")
                .put("circuit_hash", RecordedProofs.CIRCUIT_HASH);
        receipt.set("zk_proof", attached);
        return VERIFIED;
    }

    /** The same points but for the last digit of the first. */
    private static RecordedProofs.Recorded altered(RecordedProofs.Recorded recorded) {
        ObjectNode proof = recorded.proof().deepCopy();
        String first = proof.path("pi_a").path(0).stringValue();
        char last = first.charAt(first.length() - 1);
        String changed = first.substring(0, first.length() - 1) + (last == '9' ? '0' : (char) (last + 1));
        proof.set(
                "pi_a",
                Json.array().add(changed).add(proof.path("pi_a").path(1)).add("1"));
        return new RecordedProofs.Recorded(
                recorded.name(),
                recorded.circuit(),
                proof,
                recorded.signals(),
                recorded.receipt(),
                recorded.input(),
                Optional.empty());
    }
}
