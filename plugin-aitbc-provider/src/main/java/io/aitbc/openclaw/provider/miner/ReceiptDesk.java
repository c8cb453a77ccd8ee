package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import java.math.BigDecimal;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs a receipt of what was computed, for the client that asked for it by naming the price it pays. A price below the miner's own is not signed: the client could
 * show it to others as what the answer cost.
 */
final class ReceiptDesk {
    private static final Logger log = LoggerFactory.getLogger(ReceiptDesk.class);

    private final Extensions extensions;
    private final BigDecimal pricePerThousand;

    /** @param pricePerThousand AIT per 1,000 tokens */
    ReceiptDesk(Extensions extensions, BigDecimal pricePerThousand) {
        this.extensions = extensions;
        this.pricePerThousand = pricePerThousand;
    }

    /** The key that receipts are signed with, for the operator to make known; empty when nothing signs. */
    Optional<String> keyId() {
        try {
            return extensions.first(WorkReceipts.class).map(WorkReceipts::keyId);
        } catch (OpenClawException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("miner has no key for receipts");
            return Optional.empty();
        }
    }

    /**
     * Never fails: a result without a receipt is one all the same.
     *
     * @param output as it is sent
     */
    Optional<String> receipt(Intake.Accepted job, String output, int tokens) {
        Optional<WorkReceipts> receipts = extensions.first(WorkReceipts.class);
        if (job.price().isEmpty() || receipts.isEmpty()) {
            return Optional.empty();
        }
        TokenAmount price = job.price().get();
        TokenAmount own = TokenAmount.ofCoins(
                pricePerThousand.multiply(BigDecimal.valueOf(tokens)).movePointLeft(3), Rail.AITBC);
        if (price.compareTo(own) < 0) {
            log.atInfo()
                    .addKeyValue("job", job.jobId())
                    .log("miner signs no receipt: the job names a lower price than the miner's");
            return Optional.empty();
        }
        try {
            return Optional.of(receipts.get().sign(new Work(job.jobId(), job.prompt(), output, price)));
        } catch (OpenClawException e) {
            log.atWarn()
                    .addKeyValue("job", job.jobId())
                    .addKeyValue("reason", e.getMessage())
                    .log("miner cannot sign a receipt");
            return Optional.empty();
        }
    }
}
