package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.TokenAmount;
import java.util.List;
import java.util.Optional;

/**
 * A question, ready to be asked.
 *
 * @param reference ours, unique; names the reservation and the escrow
 * @param miner whose endpoint it is, as the offer says
 * @param price what is paid for a whole answer
 * @param payee address that is paid; present unless it is free
 * @param ignored names of what the request asks for and is not sent
 */
public record DirectOrder(
        String reference,
        DirectEndpoint endpoint,
        DirectQuestion question,
        Optional<String> miner,
        TokenAmount price,
        Optional<String> payee,
        List<String> ignored) {
    public DirectOrder {
        ignored = List.copyOf(ignored);
    }

    public boolean free() {
        return price.units().signum() == 0;
    }
}
