package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.RequestContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** What a job may cost. The network takes what is put in escrow as a whole, so this is also what is paid. */
final class Pricing {
    /** The least the network accepts as a payment, and the step we round up to. */
    private static final BigDecimal STEP = new BigDecimal("0.01");

    private static final int BYTES_PER_TOKEN = 3;

    private Pricing() {}

    /**
     * @param per1kTokens AIT
     * @return nothing for a free offer
     */
    static TokenAmount most(BigDecimal per1kTokens, long promptTokens, long outputTokens) {
        if (per1kTokens.signum() == 0) {
            return TokenAmount.zero(Rail.AITBC);
        }
        BigDecimal coins = per1kTokens
                .multiply(BigDecimal.valueOf(promptTokens + outputTokens))
                .movePointLeft(3)
                .setScale(STEP.scale(), RoundingMode.CEILING);
        return TokenAmount.ofCoins(coins.max(STEP), Rail.AITBC);
    }

    /** @throws OpenClawException with PRICE_ABOVE_CAP when it is more than the request allows */
    static void requireWithin(RequestContext asker, TokenAmount price) {
        asker.maxPrice().filter(most -> price.compareTo(most) > 0).ifPresent(most -> {
            throw new OpenClawException(
                    ErrorCode.PRICE_ABOVE_CAP, "This job may cost %s, the request allows %s".formatted(price, most));
        });
    }

    /** Tokens of a prompt, on the high side: nobody tells us the miner's tokenizer. */
    static int promptTokens(String prompt) {
        return prompt.getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN + 1;
    }
}
