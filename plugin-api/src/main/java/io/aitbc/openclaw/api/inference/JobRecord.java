package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.WorkReceipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a network computed an answer.
 *
 * @param network {@link InferenceProvider#id()}
 * @param transport {@code job} when the network passed the work on, {@code direct} when the provider's own endpoint was asked
 * @param jobId the network's id of the job, or ours where there is no job
 * @param miner who did it, as the network says
 * @param remoteModel name of the model at the miner, as the result says
 * @param cost what was paid
 * @param answerSha256 of the answer's text in UTF-8 as the network delivered it, in hexadecimal digits, where that is known
 * @param receiptId of the receipt that was checked
 * @param receiptJson the receipt as it came, for {@code /api} clients and for verification offline; without a proof in it that was refused
 * @param assurance what checking showed
 * @param notProven what nobody proved, in plain words
 * @param redactions how many values of each kind were kept back; never the values
 * @param work the receipt that the miner signed itself, if it did and it holds
 */
public record JobRecord(
        String network,
        String transport,
        String jobId,
        Optional<String> miner,
        Optional<String> remoteModel,
        TokenAmount cost,
        Optional<String> answerSha256,
        Optional<String> receiptId,
        Optional<String> receiptJson,
        AssuranceLevel assurance,
        List<String> notProven,
        Map<String, Integer> redactions,
        Optional<WorkReceipt> work) {
    public JobRecord {
        notProven = List.copyOf(notProven);
        redactions = Collections.unmodifiableMap(new TreeMap<>(redactions));
    }

    /** Not the receipt, which has prompt and answer in it. */
    @Override
    public String toString() {
        return "JobRecord[%s %s, miner %s, cost %s, %s]"
                .formatted(network, jobId, miner.orElse("unknown"), cost, assurance);
    }

    /** A job whose miner signed nothing itself. */
    public JobRecord(
            String network,
            String transport,
            String jobId,
            Optional<String> miner,
            Optional<String> remoteModel,
            TokenAmount cost,
            Optional<String> receiptId,
            Optional<String> receiptJson,
            AssuranceLevel assurance,
            List<String> notProven,
            Map<String, Integer> redactions) {
        this(
                network,
                transport,
                jobId,
                miner,
                remoteModel,
                cost,
                Optional.empty(),
                receiptId,
                receiptJson,
                assurance,
                notProven,
                redactions,
                Optional.empty());
    }

    /** A job nothing was kept back from. */
    public JobRecord(
            String network,
            String jobId,
            Optional<String> miner,
            Optional<String> remoteModel,
            TokenAmount cost,
            Optional<String> receiptId,
            Optional<String> receiptJson,
            AssuranceLevel assurance,
            List<String> notProven) {
        this(network, "job", jobId, miner, remoteModel, cost, receiptId, receiptJson, assurance, notProven, Map.of());
    }

    /**
     * A copy that says what the network delivered.
     *
     * @param sha256 of the answer's text in UTF-8, in hexadecimal digits
     */
    public JobRecord withAnswer(String sha256) {
        return with(Optional.of(sha256), notProven, redactions, work);
    }

    private JobRecord with(
            Optional<String> answer, List<String> open, Map<String, Integer> counts, Optional<WorkReceipt> signed) {
        return new JobRecord(
                network,
                transport,
                jobId,
                miner,
                remoteModel,
                cost,
                answer,
                receiptId,
                receiptJson,
                assurance,
                open,
                counts,
                signed);
    }

    /**
     * A copy that says what was kept back.
     *
     * @param remark what is not proven because of that
     */
    public JobRecord withRedactions(Map<String, Integer> counts, String remark) {
        List<String> open = new ArrayList<>(notProven);
        open.add(remark);
        return with(answerSha256, open, counts, work);
    }

    /** A copy with a receipt that the miner signed itself. */
    public JobRecord withWork(WorkReceipt receipt) {
        return with(answerSha256, notProven, redactions, Optional.of(receipt));
    }
}
