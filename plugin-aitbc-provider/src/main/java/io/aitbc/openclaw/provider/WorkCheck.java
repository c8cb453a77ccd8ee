package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipt;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.api.proof.WorkVerdict;
import io.aitbc.openclaw.provider.coordinator.JobResult;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Checks the receipt that a miner of ours signs itself and puts into its result. Other miners know of no such thing, and what is wrong with one changes nothing about
 * the answer, which is paid.
 */
final class WorkCheck {
    private static final Logger log = LoggerFactory.getLogger(WorkCheck.class);

    private final Extensions extensions;

    WorkCheck(Extensions extensions) {
        this.extensions = extensions;
    }

    /**
     * What is known of the miner's receipt.
     *
     * @param receipt that holds
     * @param notProven because of one that does not
     */
    record Outcome(Optional<WorkReceipt> receipt, List<String> notProven) {
        private static final Outcome NONE = new Outcome(Optional.empty(), List.of());
    }

    /** Whether there is a plugin that can check receipts, so that it makes sense to ask for one. */
    boolean possible() {
        return extensions.first(WorkReceipts.class).isPresent();
    }

    /** Never fails. */
    Outcome check(Order order, String jobId, JsonNode result, String output) {
        JsonNode member = result.path(JobResult.WORK_RECEIPT);
        Optional<WorkReceipts> receipts = extensions.first(WorkReceipts.class);
        if (member.isMissingNode() || member.isNull() || receipts.isEmpty()) {
            return Outcome.NONE;
        }
        WorkVerdict verdict = verdict(receipts.get(), member, new Work(jobId, order.prompt(), output, order.price()));
        if (verdict.receipt().isPresent()) {
            return new Outcome(
                    verdict.receipt(),
                    List.of(
                            "whose key %s is, with which a miner signed a receipt of this answer, and that what it says is true"
                                    .formatted(verdict.receipt().get().keyId())));
        }
        String reason = Texts.line(verdict.reason());
        log.atWarn().addKeyValue("job", jobId).addKeyValue("reason", reason).log("the miner's own receipt is ignored");
        return new Outcome(Optional.empty(), List.of("what the miner's own receipt says, which is ignored: " + reason));
    }

    private static WorkVerdict verdict(WorkReceipts receipts, JsonNode member, Work work) {
        if (!member.isString()) {
            return new WorkVerdict(Optional.empty(), "it is not a text");
        }
        try {
            return receipts.check(member.stringValue(), work);
        } catch (OpenClawException e) {
            return new WorkVerdict(Optional.empty(), "it was not checked: " + e.getMessage());
        }
    }
}
