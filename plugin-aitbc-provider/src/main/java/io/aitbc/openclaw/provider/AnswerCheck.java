package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.JobResult;
import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether what came back is an answer to what was asked. "COMPLETED" means little: the result may be a failure, come
 * from another model or another miner, or have been overwritten.
 */
final class AnswerCheck {
    private final ReceiptCheck receipts;
    private final ReceiptProofCheck proofs;
    private final WorkCheck work;
    private final boolean requireReceipt;

    AnswerCheck(ReceiptCheck receipts, ReceiptProofCheck proofs, WorkCheck work, boolean requireReceipt) {
        this.proofs = proofs;
        this.receipts = receipts;
        this.work = work;
        this.requireReceipt = requireReceipt;
    }

    /**
     * @param job as it was first seen completed; its result is the one that counts
     * @param allReceipts of the job, asked for only when the latest is about another result
     * @throws OpenClawException when it cannot be accepted
     */
    Answer check(Order order, JobView job, JobResult delivered, Supplier<List<Receipt>> allReceipts) {
        JsonNode result = result(job, delivered);
        refuseFailure(result);
        String text = output(result);
        Optional<String> model = model(order, result);
        Optional<Receipt> receipt = latched(result, delivered, allReceipts);
        List<String> notProven = new ArrayList<>();
        if (model.isEmpty()) {
            notProven.add("which model answered: the result does not name it");
        }
        AssuranceLevel assurance = AssuranceLevel.NONE;
        boolean checked = false;
        if (receipt.isPresent()) {
            ReceiptCheck.Outcome outcome = receipts.check(Claim.of(order, job, result), receipt.get());
            checked = outcome.checked();
            assurance = outcome.assurance();
            notProven.addAll(outcome.notProven());
            ReceiptProofCheck.Kept kept = proofs.keep(receipt.get());
            receipt = Optional.of(kept.receipt());
            notProven.addAll(kept.notProven());
        } else if (requireReceipt) {
            throw new OpenClawException(
                    ErrorCode.PROOF_INVALID, "The AITBC job has no receipt, and require-receipt is set");
        } else {
            notProven.add("anything: the network signed no receipt for this job");
        }
        Optional<String> miner = receipt.flatMap(Receipt::provider).or(job::miner);
        checkMiner(order, miner, notProven);
        if (job.miner().isEmpty()) {
            notProven.add("that a miner was assigned to the job: the network names none");
        }
        job.error().ifPresent(error -> notProven.add("the network remarks: " + error));
        WorkCheck.Outcome signed = work.check(order, job.jobId(), result, text);
        notProven.addAll(signed.notProven());
        return new Answer(text, miner, model, tokens(result), receipt, signed.receipt(), checked, assurance, notProven);
    }

    /** The one that counts: the job's own as it was first seen completed. */
    static JsonNode result(JobView job, JobResult delivered) {
        return job.result()
                .or(delivered::result)
                .orElseThrow(() -> Json.malformed("the result of a job", "it has no result"));
    }

    private static void refuseFailure(JsonNode result) {
        String status = Json.text(result, "status").orElse("completed");
        if (!status.equals("completed")) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "The AITBC miner reported a failure: "
                            + Texts.line(Json.text(result, "error").orElse(status)));
        }
    }

    private static String output(JsonNode result) {
        if (!result.path("output").isString()) {
            throw Json.malformed("the result of a job", "it has no output");
        }
        return result.path("output").stringValue();
    }

    private static Optional<String> model(Order order, JsonNode result) {
        Optional<String> model = Json.text(result, "model").filter(name -> !name.isBlank());
        model.ifPresent(name -> {
            if (!ModelNames.key(name).equals(ModelNames.key(order.remoteModel()))) {
                throw new OpenClawException(
                        ErrorCode.MODEL_SUBSTITUTED,
                        "The AITBC miner answered with %s instead of %s"
                                .formatted(Texts.line(name), order.remoteModel()));
            }
        });
        return model;
    }

    /** The oldest receipt that is about the result we saw; a result posted later gets a receipt too, and it comes first. */
    private static Optional<Receipt> latched(
            JsonNode result, JobResult delivered, Supplier<List<Receipt>> allReceipts) {
        if (delivered.receipt().isEmpty()) {
            return Optional.empty();
        }
        if (ReceiptCheck.about(delivered.receipt().get(), result)) {
            return delivered.receipt();
        }
        return Optional.of(allReceipts.get().stream()
                .filter(receipt -> ReceiptCheck.about(receipt, result))
                .findFirst()
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.PROOF_INVALID,
                        "The result of the AITBC job was overwritten, and no receipt is about the first one")));
    }

    private static void checkMiner(Order order, Optional<String> miner, List<String> notProven) {
        if (order.pinned().isPresent() && !miner.equals(order.pinned())) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "The AITBC job was done by %s, not by %s as asked"
                            .formatted(
                                    miner.map(Texts::line).orElse("an unknown miner"),
                                    order.pinned().get()));
        }
        boolean other = miner.isPresent()
                && order.offer().nodeId().isPresent()
                && !miner.equals(order.offer().nodeId());
        if (other && !order.free()) {
            notProven.add("that the one who worked was paid: %s did the job, the payment names the address of %s"
                    .formatted(Texts.line(miner.get()), order.offer().nodeId().get()));
        }
    }

    private static OptionalInt tokens(JsonNode result) {
        return Json.integer(result, "tokens_processed")
                .filter(count -> count >= 0 && count <= Integer.MAX_VALUE)
                .map(count -> OptionalInt.of(count.intValue()))
                .orElse(OptionalInt.empty());
    }
}
