package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.TokenAmount;
import java.util.List;
import java.util.Optional;

/**
 * How a network computed an answer.
 *
 * @param network {@link InferenceProvider#id()}
 * @param jobId the network's id of the job
 * @param miner who did it, as the network says
 * @param remoteModel name of the model at the miner, as the result says
 * @param cost what was paid
 * @param receiptId of the receipt that was checked
 * @param receiptJson the receipt as it came, for {@code /api} clients and for verification offline
 * @param assurance what checking showed
 * @param notProven what nobody proved, in plain words
 */
public record JobRecord(
        String network,
        String jobId,
        Optional<String> miner,
        Optional<String> remoteModel,
        TokenAmount cost,
        Optional<String> receiptId,
        Optional<String> receiptJson,
        AssuranceLevel assurance,
        List<String> notProven) {
    public JobRecord {
        notProven = List.copyOf(notProven);
    }
}
