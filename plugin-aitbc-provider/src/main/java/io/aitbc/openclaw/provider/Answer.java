package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.WorkReceipt;
import io.aitbc.openclaw.provider.coordinator.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A result that passed all checks.
 *
 * @param miner who did it, as the network says
 * @param model that answered, as the result says
 * @param work the receipt that the miner signed itself, if it holds
 * @param receiptChecked whether there is a receipt and somebody looked at its signature
 * @param notProven what nobody proved
 */
record Answer(
        String text,
        Optional<String> miner,
        Optional<String> model,
        OptionalInt tokens,
        Optional<Receipt> receipt,
        Optional<WorkReceipt> work,
        boolean receiptChecked,
        AssuranceLevel assurance,
        List<String> notProven) {
    Answer {
        notProven = List.copyOf(notProven);
    }

    /** The text stays out of logs. */
    @Override
    public String toString() {
        return "Answer[%s %s %s]".formatted(miner, model, assurance);
    }
}
