package io.aitbc.openclaw.devnet;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens when a miner reports: receipt, gates, payment. Any miner may report on any job in any state, unless the
 * devnet is {@link Quirk#IDEAL}.
 */
final class Results {
    private static final String VERIFIED = "verified";

    private final Profile profile;
    private final Identifiers identifiers;
    private final QuirkBoard quirks;
    private final Receipts receipts;
    private final Payments payments;
    private final Proving proving;
    private final Jobs jobs;

    Results(
            Profile profile,
            Identifiers identifiers,
            QuirkBoard quirks,
            Receipts receipts,
            Payments payments,
            Proving proving,
            Jobs jobs) {
        this.profile = profile;
        this.proving = proving;
        this.identifiers = identifiers;
        this.quirks = quirks;
        this.receipts = receipts;
        this.payments = payments;
        this.jobs = jobs;
    }

    /** @return the receipt, if there is a key to sign one */
    Optional<ObjectNode> complete(Job job, String miner, ObjectNode body) {
        ObjectNode result = Validation.requiredObject(body, "result");
        ObjectNode metrics = Validation.optionalObject(body, "metrics").orElseGet(Json::object);
        checkIfIdeal(job, miner);
        jobs.move(job, JobState.COMPLETED);
        job.error = Optional.empty();
        job.result = Optional.of(result);
        Optional<ObjectNode> receipt = receipts.issue(job, miner, result, metrics);
        receipt.ifPresent(signed -> annotate(job, signed));
        settle(job, receipt);
        receipt.ifPresent(job.receipts::add);
        return receipt;
    }

    void fail(Job job, String miner, ObjectNode body) {
        Validation.requiredText(body, "error_code");
        String message = Validation.requiredText(body, "error_message");
        checkIfIdeal(job, miner);
        jobs.move(job, JobState.FAILED);
        job.error = Optional.of(message);
        jobs.refundIfIdeal(job);
    }

    private void checkIfIdeal(Job job, String miner) {
        boolean assigned = job.state() == JobState.RUNNING
                && job.miner.filter(miner::equals).isPresent();
        if (quirks.on(Quirk.IDEAL) && !assigned && !quirks.on(Quirk.LATE_RESULT_AFTER_CANCEL)) {
            throw ApiFailure.detail(409, "job is not running at this miner");
        }
    }

    /** Adds what no signature covers. */
    private void annotate(Job job, ObjectNode receipt) {
        if (profile == Profile.MARCH) {
            return;
        }
        String zk = proving.prove(job, receipt);
        boolean tampered = quirks.take(Quirk.TAMPERED_ZK_STATUS);
        if (tampered) {
            receipt.remove("zk_proof");
        }
        job.zkStatus = Optional.of(tampered ? VERIFIED : zk);
        job.zkProof = job.zkStatus.filter(VERIFIED::equals).map(status -> RecordedProofs.CIRCUIT_HASH);
        job.teeStatus = Optional.of(job.teeRequired() ? VERIFIED : "not_required");
        receipt.put("zk_status", job.zkStatus.get());
        receipt.put("tee_status", job.teeStatus.get());
        if (job.teeRequired()) {
            String attestation = "ta_" + identifiers.hex(5);
            job.teeAttestation = Optional.of(attestation);
            receipt.put("tee_attestation_id", attestation);
            receipt.put("tee_quote", receipts.enclaveQuote(job));
        }
    }

    private void settle(Job job, Optional<ObjectNode> receipt) {
        if (profile != Profile.MARCH && job.teeRequired() && receipt.isEmpty()) {
            jobs.move(job, JobState.FAILED);
            job.error = Optional.of("TEE attestation required before escrow release (status: None)");
            if (job.payment.filter(payments::refund).isPresent()) {
                job.paymentStatus = Optional.of("refunded");
            }
            return;
        }
        if (proofMissing(job)) {
            String status = job.zkStatus.orElse("None");
            job.error = Optional.of("ZK proof required before escrow release (status: " + status + ")");
            return;
        }
        if (job.payment.filter(payments::release).isPresent()) {
            job.paymentStatus = Optional.of("released");
            job.reinvestStatus = Optional.of("scheduled");
        }
    }

    /** Whether the money of a job waits for a proof that could not be made. */
    boolean proofMissing(Job job) {
        return profile != Profile.MARCH
                && job.zkRequired()
                && job.zkStatus.filter(VERIFIED::equals).isEmpty();
    }

    /** What a client is told, which is not always what was signed. */
    ObjectNode shown(ObjectNode result) {
        if (!quirks.take(Quirk.TAMPERED_RESULT)) {
            return result;
        }
        ObjectNode tampered = result.deepCopy();
        JsonNode output = result.path("output");
        tampered.put("output", (output.isString() ? output.stringValue() : "") + " (tampered)");
        return tampered;
    }

    /** The latest receipt, or with {@link Quirk#REPLAYED_RECEIPT} the one of another, earlier job. */
    Optional<ObjectNode> shownReceipt(Job job) {
        if (job.receipts.isEmpty()) {
            return Optional.empty();
        }
        if (quirks.on(Quirk.REPLAYED_RECEIPT)) {
            Optional<ObjectNode> other = jobs.all().stream()
                    .takeWhile(candidate -> candidate != job)
                    .filter(candidate -> !candidate.receipts.isEmpty())
                    .findFirst()
                    .map(candidate -> candidate.receipts.getLast());
            if (other.isPresent()) {
                quirks.take(Quirk.REPLAYED_RECEIPT);
                return other;
            }
        }
        return Optional.of(job.receipts.getLast());
    }
}
