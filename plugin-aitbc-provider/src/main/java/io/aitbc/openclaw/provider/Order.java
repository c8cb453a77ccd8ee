package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.ToolDefinition;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import java.util.List;
import java.util.Optional;

/**
 * A request, ready to become a job.
 *
 * @param reference ours, unique; names the reservation and travels with the job
 * @param pinned the miner that must do it
 * @param price what is reserved, and paid
 * @param stop texts that end the answer
 * @param ignored names of options the miner will ignore
 */
record Order(
        String reference,
        String model,
        String remoteModel,
        SoftwareOffer offer,
        Optional<String> pinned,
        String prompt,
        TokenAmount price,
        List<ToolDefinition> tools,
        List<String> stop,
        List<String> ignored) {
    Order {
        tools = List.copyOf(tools);
        stop = List.copyOf(stop);
        ignored = List.copyOf(ignored);
    }

    boolean free() {
        return price.units().signum() == 0;
    }

    /** The prompt stays out of logs. */
    @Override
    public String toString() {
        return "Order[%s %s %s]".formatted(reference, model, price);
    }
}
