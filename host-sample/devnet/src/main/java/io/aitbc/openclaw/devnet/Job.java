package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A job of a client. Guarded by the lock of the {@link Coordinator}. */
final class Job {
    final String id;
    final String client;
    final ObjectNode payload;
    final Constraints constraints;
    final Instant requestedAt;
    final Instant expiresAt;
    final List<ObjectNode> receipts = new ArrayList<>();

    /** The recorded proof that is bound to this job's id and to the id of its first receipt. */
    final Optional<RecordedProofs.Recorded> recorded;

    private JobState state = JobState.QUEUED;
    Optional<String> miner = Optional.empty();
    Optional<String> error = Optional.empty();
    Optional<ObjectNode> result = Optional.empty();
    Optional<Payment> payment = Optional.empty();

    /** What the job says about its payment, which may be older than what the payment says. */
    Optional<String> paymentStatus = Optional.empty();

    Optional<String> zkStatus = Optional.empty();
    Optional<String> zkProof = Optional.empty();
    Optional<String> teeStatus = Optional.empty();
    Optional<String> teeAttestation = Optional.empty();
    Optional<String> reinvestStatus = Optional.empty();

    Job(
            String id,
            String client,
            ObjectNode payload,
            Constraints constraints,
            Instant requestedAt,
            Instant expiresAt,
            Optional<RecordedProofs.Recorded> recorded) {
        this.id = id;
        this.recorded = recorded;
        this.client = client;
        this.payload = payload;
        this.constraints = constraints;
        this.requestedAt = requestedAt;
        this.expiresAt = expiresAt;
    }

    JobState state() {
        return state;
    }

    /** For {@link Jobs#move}, which keeps its lists in step. */
    void state(JobState next) {
        state = next;
    }

    /** All 17 fields of the real view, nulls included. */
    ObjectNode view() {
        ObjectNode view = Json.object()
                .put("job_id", id)
                .put("state", state.name())
                .put("assigned_miner_id", miner.orElse(null))
                .put("requested_at", TimeText.zulu(requestedAt))
                .put("expires_at", TimeText.zulu(expiresAt))
                .put("error", error.orElse(null))
                .put("payment_id", payment.map(paid -> paid.id).orElse(null))
                .put("payment_status", paymentStatus.orElse(null))
                .put("zk_status", zkStatus.orElse(null));
        view.set("payload", payload);
        view.set("result", result.<JsonNode>map(value -> value).orElse(view.nullNode()));
        view.put("zk_proof_id", zkProof.orElse(null));
        view.put("tee_status", teeStatus.orElse(null));
        view.put("tee_attestation_id", teeAttestation.orElse(null));
        view.set("auto_reinvest_pct", constraints.value("auto_reinvest_pct"));
        view.put("reinvest_status", reinvestStatus.orElse(null));
        view.set("reinvest_stake_id", view.nullNode());
        return view;
    }

    /** What a miner gets when it polls. */
    ObjectNode assignment() {
        ObjectNode assignment = Json.object().put("job_id", id);
        assignment.set("payload", payload);
        assignment.set("constraints", constraints.json());
        return assignment;
    }

    boolean zkRequired() {
        return constraints.flag("zk_proof_required") || highValue();
    }

    boolean teeRequired() {
        return constraints.flag("tee_attestation_required") || constraints.flag("confidential") || highValue();
    }

    /** Payments of 10 AITBC and more meet three gates: bond, proof, enclave. */
    boolean highValue() {
        return payment.map(paid -> paid.amount).filter(Job::highValue).isPresent();
    }

    static boolean highValue(BigDecimal amount) {
        return amount.compareTo(BigDecimal.TEN) >= 0;
    }
}
